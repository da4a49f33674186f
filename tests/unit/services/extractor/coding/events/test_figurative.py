"""What nature, machines, contests and works of fiction do is no violence; what people do beside them is."""

from __future__ import annotations

import pytest

from tests.unit.services.extractor.coding.articles import violence

MEANT_OTHERWISE = [
    "Two trains collided in Odisha, killing 280.",
    "A stray dog attacked a child in Kozhikode.",
    "A boiler blew up at a sugar mill in Multan, injuring six.",
    "An explosion at a chemical plant in Texas injured 20.",
    "In the novel, a young soldier deserts and kills his commander.",
    "The villain blows up a hospital in the second act of the film.",
    "The central bank fights inflation with higher rates.",
    "Lawmakers fought over the spending bill.",
    "The committee shot down the proposal.",
    "The Proteas' bowlers destroyed India's top order in Centurion.",
    "Markets rallied on Monday as investors shrugged off fears.",
    "March was the driest month on record.",
    "A plumber was accidentally shot by his brother in Multan on Sunday.",
    "Keepers shot dead a wolf that had left its enclosure at the zoo in Lyon.",
    "The rocket shoots for next month, its builder says.",
    "Forty conductors protested low pay in a letter to the opera house of Parma.",
    "Four anglers died in an aircraft crash near Iquitos on Saturday.",
    "Russian and Turkish frigates exchanged fire in a war game off Crete on Monday.",
    "The junta test-fired rockets during a drill near Mandalay on Monday.",
    "Bookings poured in and the hotel was bombarded with calls from Paris on Monday.",
    "The two coalition partners traded blows over the budget in Berlin on Monday.",
    "The speaker was shot down in parliament on Monday when he raised the subject.",
    "Customs agents seized three tonnes of ivory in a raid on a depot in Mombasa on Monday.",
    "Typhoon Nuri hit Luzon on Monday and killed nine people.",
    "Locusts invaded northern Eritrea on Monday, destroying crops.",
    "Police shot dead a lion that had attacked two herders near Voi on Monday.",
    "A meteor exploded over Perm on Monday and 40 people were hurt by flying glass.",
    "A hunter was shot dead in Savoy on Monday in what police called an accident.",
    "A barge of fireworks caught fire at a beach in Perth on Sunday and two people were injured.",
]
MEANT = [
    ("Gunmen shot dead two actors on the set of a film in Lahore on Monday.", "Attack"),
    ("A bomb exploded at a chemical plant in Basra on Monday, injuring 20 workers.", "Remote explosive/landmine/IED"),
    ("Soldiers accidentally shot dead two farmers near Gao on Monday.", "Attack"),
    ("Fighters attacked soldiers during a drill near Gao on Monday, killing nine.", "Armed clash"),
    ("The army bombarded Bria with mortars on Monday.", "Shelling/artillery/missile attack"),
    ("Turkey bombarded Afrin with shells on Monday.", "Shelling/artillery/missile attack"),
    ("Gunmen attacked the parliament in Baku on Monday, killing two guards.", "Attack"),
    ("A vet shot dead two neighbours near Gao on Monday, and militants claimed it.", "Attack"),
    ("Gunmen shot dead a vet at a zoo in Multan on Monday.", "Attack"),
    ("The militia clashed with soldiers near Bria on Monday.", "Armed clash"),
    ("Villagers beat two suspected thieves to death in Kasese on Friday.", "Mob violence"),
    ("The district of Nawa fell to the Taliban on Monday.", "Non-state actor overtakes territory"),
]


@pytest.mark.parametrize("text", MEANT_OTHERWISE)
def test_what_is_no_violence_between_people_has_no_type(text: str) -> None:
    assert [e.sub_event_type for e in violence(text) if e.modality == "actual" and e.sub_event_type] == []


@pytest.mark.parametrize(("text", "expected"), MEANT)
def test_what_people_do_beside_such_words_keeps_its_type(text: str, expected: str) -> None:
    assert violence(text)[0].sub_event_type == expected
