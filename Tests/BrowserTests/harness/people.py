"""Who is who in the demo street: the accounts that `linli demo` prints, by what they do."""

ACCEPTOR = "acceptor"
DISPATCHER = "dispatcher"
HANDLER = "handler"
CHECKER = "checker"
READER = "reader"
ADMINISTRATOR = "admin"
