from schemas.taxonomies import acled

SUB_TYPES_OF = {
    "Battles": 3,
    "Protests": 3,
    "Riots": 2,
    "Explosions/Remote violence": 6,
    "Violence against civilians": 3,
    "Strategic developments": 8,
}


def test_there_are_25_sub_event_types_under_6_event_types() -> None:
    assert len(acled.sub_event_types()) == 25
    counted = dict.fromkeys(acled.event_types(), 0)
    for row in acled.sub_events().values():
        counted[row.event_type] += 1
    assert counted == SUB_TYPES_OF


def test_only_excessive_force_against_protesters_is_of_two_disorder_types() -> None:
    double = [name for name, row in acled.sub_events().items() if ";" in row.disorder_type]
    assert double == ["Excessive force against protesters"]
    assert set(acled.disorder_types()) == {
        "Political violence",
        "Demonstrations",
        "Political violence; Demonstrations",
        "Strategic developments",
    }


def test_the_hierarchy_puts_battles_first_and_air_strikes_before_shelling() -> None:
    assert acled.precedence("Armed clash") < acled.precedence("Air/drone strike")
    assert acled.precedence("Air/drone strike") < acled.precedence("Shelling/artillery/missile attack")
    assert acled.precedence("Suicide bomb") < acled.precedence("Attack")
    assert {acled.precedence(name) for name in acled.sub_event_types()} == set(range(25))
