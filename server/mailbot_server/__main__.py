"""`python -m mailbot_server` is the command `mailbot`."""

from mailbot_server.cli import main

if __name__ == "__main__":
    main()
