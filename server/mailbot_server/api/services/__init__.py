"""One file per service, named as its .proto."""
