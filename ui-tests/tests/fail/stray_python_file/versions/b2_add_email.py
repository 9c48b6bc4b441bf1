revision = "b2"
