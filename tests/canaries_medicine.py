"""The canaries of medicines and of the medical record, planted through the commands."""

from typing import Any

MEDICINE = {"medicine": {"maria": "Medicinemaria"}, "medical": {"maria": "Medicalmaria"}}


def plant_medicine(cast: Any, client_id: int, at: Any) -> dict[str, Any]:
    """Give Maria a medicine nobody knows and a medical need; return ids for addresses."""
    from daybridge.care.medical.commands import name_need
    from daybridge.care.medicines.commands import Entry, list_medicine

    list_medicine(cast.ruth, client_id=client_id, at=at,
                  entry=Entry(MEDICINE["medicine"]["maria"], kind="other"))
    name_need(cast.ruth, client_id=client_id, words=MEDICINE["medical"]["maria"],
              urgency="within 14 days", at=at)
    return {"kind": "kidney", "scale": "ciwa_ar"}
