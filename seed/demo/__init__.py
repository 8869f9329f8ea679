"""The demonstration: invented people, orders and disputes around the present instant."""
