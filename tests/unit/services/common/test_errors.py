import pickle

from services.common.errors import Invalid


def test_an_invalid_error_survives_the_way_back_from_a_process_pool() -> None:
    back = pickle.loads(pickle.dumps(Invalid("not_json", "Send JSON.")))  # noqa: S301  our own bytes
    assert (back.reason, back.detail) == ("not_json", "Send JSON.")
