"""Who is who in the demo street: the accounts that `linli demo` prints, by what they do."""

SEAT = "seat"
DISPATCHER = "dispatcher"
HANDLER = "lamps"
CHECKER = "checker"
READER = "district"
ADMINISTRATOR = "admin"
