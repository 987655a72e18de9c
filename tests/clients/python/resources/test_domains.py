from mailbot.v1 import domains_pb2

DOMAIN = domains_pb2.Domain(
    id="dom_1",
    name="example.com",
    verified=True,
    records=[
        domains_pb2.DomainRecord(
            purpose=domains_pb2.DOMAIN_RECORD_PURPOSE_RETURN_PATH_MX,
            type="MX",
            name="rp.example.com",
            value="10 mx.example.net",
            state=domains_pb2.DOMAIN_RECORD_STATE_WRONG,
            problem="why",
            found=["10 mx.example.org"],
        )
    ],
    keys=[
        domains_pb2.DomainKey(
            selector="mb1",
            algorithm="rsa-sha256",
            state=domains_pb2.DomainKey.STATE_ACTIVE,
        )
    ],
)


def test_a_domain_is_made_with_a_request_id_of_its_own(server, bot):
    answer = domains_pb2.CreateDomainResponse(domain=DOMAIN)
    server.answer("CreateDomain", answer, answer)
    made = bot.domains.create("example.com")
    bot.domains.create("example.com", request_id="mine")
    first, second = server.requests("CreateDomain")
    assert first.name == "example.com"
    assert len(first.request_id) == 36
    assert second.request_id == "mine"
    assert made.verified
    [record] = made.records
    assert (record.purpose, record.state) == ("return_path_mx", "wrong")
    assert record.found == ("10 mx.example.org",)
    assert made.keys[0].state == "active"


def test_the_other_calls_name_the_domain(server, bot):
    server.answer("GetDomain", domains_pb2.GetDomainResponse(domain=DOMAIN))
    server.answer("VerifyDomain", domains_pb2.VerifyDomainResponse(domain=DOMAIN))
    rotated = domains_pb2.RotateDomainKeysResponse(domain=DOMAIN)
    server.answer("RotateDomainKeys", rotated)
    server.answer("DeleteDomain", domains_pb2.DeleteDomainResponse())
    for call in ("get", "verify", "rotate_keys"):
        assert getattr(bot.domains, call)("example.com").id == "dom_1"
    assert bot.domains.delete("dom_1") is None
    for name in ("GetDomain", "VerifyDomain", "RotateDomainKeys"):
        assert server.requests(name)[0].domain_id == "example.com"
    assert server.requests("DeleteDomain")[0].domain_id == "dom_1"


def test_domains_are_listed(server, bot):
    server.answer("ListDomains", domains_pb2.ListDomainsResponse(domains=[DOMAIN]))
    assert [each.name for each in bot.domains.list(page_size=7)] == ["example.com"]
    assert server.requests("ListDomains")[0].page_size == 7
