"""Calder Freight, the demo company: its places, its units and how many people work in each."""

from dataclasses import dataclass

COMPANY = "Calder Freight"
DOMAIN = "calderfreight.example"

PLACES = {
    "Wakefield": "Europe/London",
    "Leith": "Europe/London",
    "Felixstowe": "Europe/London",
    "Hamburg": "Europe/Berlin",
    "Wrocław": "Europe/Warsaw",
    "Leixões": "Europe/Lisbon",
    "Jebel Ali": "Asia/Dubai",
}
"""Where people work, and the time zone there."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One box of the chart: `size` counts the people directly in it, never those below."""

    code: str
    name: str
    within: str | None
    place: str
    size: int
    head: str | None
    titles: tuple[str, ...]


_FLOOR = ("Warehouse operative", "Warehouse operative", "Forklift driver", "Picker", "Stock clerk", "Team leader")
_OFFICE = ("Adviser", "Coordinator", "Assistant")

# fmt: off
UNITS = (
    Unit("calder", COMPANY, None, "Wakefield", 4, "margaret", ("Executive assistant", "Chief of staff")),
    Unit("operations", "Operations", "calder", "Wakefield", 5, "erin", ("Operations analyst", "Project manager")),
    Unit("wakefield", "Wakefield depot", "operations", "Wakefield", 8, "bev", ("Depot clerk", "Gatehouse officer")),
    Unit("wakefield-days", "Wakefield days", "wakefield", "Wakefield", 44, "colin", _FLOOR),
    Unit("wakefield-nights", "Wakefield nights", "wakefield", "Wakefield", 28, "imran", _FLOOR),
    Unit("returns", "Goods-in and returns", "wakefield", "Wakefield", 17, "joana", ("Returns clerk", "Goods-in clerk")),
    Unit("leith", "Leith depot", "operations", "Leith", 38, "dougie", _FLOOR),
    Unit("leith-nights", "Leith nights", "leith", "Leith", 12, "fiona", _FLOOR),
    Unit("felixstowe", "Felixstowe depot", "operations", "Felixstowe", 34, "keith", (*_FLOOR, "Container planner")),
    Unit("hamburg", "Hamburg depot", "operations", "Hamburg", 38, "jonas", (*_FLOOR, "Disponent")),
    Unit("wroclaw", "Wrocław depot", "operations", "Wrocław", 40, "kasia", (*_FLOOR, "Quality inspector")),
    Unit("leixoes", "Leixões depot", "operations", "Leixões", 27, "rui", (*_FLOOR, "Dock planner")),
    Unit("jebel-ali", "Jebel Ali branch", "operations", "Jebel Ali", 11, "yusuf", ("Export clerk", "Documentation clerk")),
    Unit("transport", "Transport", "operations", "Wakefield", 6, "siobhan", ("Transport clerk", "Tachograph analyst")),
    Unit("uk-drivers", "UK drivers", "transport", "Wakefield", 48, "gaz", ("Class 1 driver", "Class 1 driver", "Class 2 driver")),
    Unit("continental", "Continental drivers", "transport", "Wrocław", 29, "piotr", ("International driver",)),
    Unit("workshop", "Workshop", "transport", "Wakefield", 5, None, ("Fitter", "Trailer technician")),
    Unit("tower", "Control tower", "operations", "Wakefield", 19, "dev", ("Transport planner", "Exceptions planner")),
    Unit("safety", "Safety", "operations", "Wakefield", 4, "patrick", ("Safety adviser",)),
    Unit("commercial", "Commercial", "calder", "Wakefield", 3, "ruth", ("Sales administrator",)),
    Unit("bids", "Bids and tenders", "commercial", "Wakefield", 11, "amira", ("Bid writer", "Bid coordinator", "Proposal designer")),
    Unit("accounts-key", "Key accounts", "commercial", "Wakefield", 13, "george", ("Account manager", "Account executive")),
    Unit("service", "Customer service", "commercial", "Wakefield", 22, "bukola", ("Customer service adviser", "Claims handler")),
    Unit("pricing", "Pricing", "commercial", "Hamburg", 5, "samira", ("Pricing analyst",)),
    Unit("finance", "Finance", "calder", "Wakefield", 3, "henrik", ("Finance assistant",)),
    Unit("accounts", "Accounts", "finance", "Wakefield", 14, None, ("Accounts payable clerk", "Ledger clerk", "Assistant accountant")),
    Unit("payroll", "Payroll", "finance", "Wakefield", 5, "priya", ("Payroll officer",)),
    Unit("partnering", "Finance partnering", "finance", "Wakefield", 6, "pavel", ("Finance partner", "Management accountant")),
    Unit("credit", "Credit control", "finance", "Wakefield", 7, "nkechi", ("Credit controller",)),
    Unit("people", "People", "calder", "Wakefield", 3, "shirin", ("People analyst",)),
    Unit("hr", "HR operations", "people", "Wakefield", 9, "deborah", ("HR adviser", "HR administrator")),
    Unit("recruitment", "Recruitment", "people", "Wakefield", 5, "ciaran", ("Recruiter", "Onboarding coordinator")),
    Unit("learning", "Learning", "people", "Leith", 4, "hannah", ("Trainer", "Learning designer")),
    Unit("technology", "Technology", "calder", "Wakefield", 3, "tomasz", ("Portfolio manager",)),
    Unit("desk", "Service desk", "technology", "Wakefield", 8, "sanjay", ("Service desk analyst", "Device technician")),
    Unit("warehouse-systems", "Warehouse systems", "technology", "Wrocław", 13, "mei", ("Developer", "Tester", "Systems analyst")),
    Unit("reporting", "Data and reporting", "technology", "Wakefield", 6, "luca", ("Data analyst", "Data engineer")),
    Unit("infrastructure", "Infrastructure and security", "technology", "Wakefield", 9, "tunde", ("Systems engineer", "Network engineer")),
    Unit("customs", "Customs and compliance", "calder", "Felixstowe", 16, "anneke", ("Customs declarant", "Compliance officer")),
    Unit("legal", "Legal", "calder", "Wakefield", 3, "lidia", ("Paralegal", "Legal counsel")),
    Unit("communications", "Communications", "calder", "Wakefield", 4, "ravi", ("Communications officer",)),
    Unit("sustainability", "Sustainability", "calder", "Leith", 2, "heather", ("Carbon analyst",)),
    Unit("property", "Property and canteen", "calder", "Wakefield", 13, "maureen", ("Cook", "Kitchen assistant", "Cleaner", "Caretaker")),
    Unit("council", "Works council", "calder", "Leith", 2, "gordon", _OFFICE),
)
# fmt: on


WITHIN = {unit.code: unit.within for unit in UNITS}


def is_within(code: str | None, other: str) -> bool:
    """Whether a unit is `other` or somewhere below it."""
    while code is not None and code != other:
        code = WITHIN[code]
    return code == other
