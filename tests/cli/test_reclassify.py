"""`mailbot reclassify`: an operator's command."""


def test_it_says_what_it_did(bare, server):
    key_file = server.folder / "operator.key"
    result = bare(
        *("reclassify", "--key-file", str(key_file)), MAILBOT_TARGET=server.target
    )
    assert result.exit_code == 0, result.output
    assert result.stdout.endswith(
        "0 refusals examined, 0 changed, 0 suppressions lifted\n"
    )


def test_the_key_comes_from_the_data_folder(bare, server):
    result = bare(
        *("reclassify", "--dry-run"),
        MAILBOT_TARGET=server.target,
        MAILBOT_DATA_DIR=str(server.folder),
    )
    assert result.exit_code == 0, result.output
    assert "0 would be changed" in result.stdout


def test_an_ordinary_key_is_refused_with_a_sentence(command):
    assert "(SCOPE_MISSING)" in command("reclassify", code=1).stderr


def test_an_account_that_is_not_there_is_a_sentence(bare, server):
    key_file = server.folder / "operator.key"
    result = bare(
        *("reclassify", "--account", "acc_1", "--key-file", str(key_file)),
        MAILBOT_TARGET=server.target,
    )
    assert result.exit_code == 1
    assert "(NOT_FOUND)" in result.stderr
