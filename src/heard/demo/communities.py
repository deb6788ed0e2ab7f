"""The twelve communities of the demo company: what they are for, who tends them and who belongs."""

from dataclasses import dataclass

EVERYBODY = {"calder": 1.0}
"""An audience names units with the share of their people who are members; units below are included."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """One community; its conversation is the script `talk/<slug>.txt`."""

    slug: str
    name: str
    description: str
    welcome: str
    access: str
    tenders: tuple[str, ...]
    audience: dict[str, float]


COMMUNITIES = (
    Gathering(
        "depot-operations",
        "Depot operations",
        "Everything between the gate and the trailer, in all seven depots. If it slows you down, say so here.",
        "Welcome to the floor. **Ask before you work around it:** another depot has probably solved it. "
        "Tag what you write with #goodsin, #returns, #picking or #loading so that others find it.",
        "open",
        ("bev", "joana"),
        {"operations": 0.55, "warehouse-systems": 0.6, "partnering": 0.5, "people": 0.2},
    ),
    Gathering(
        "better-bids",
        "Better bids",
        "How we win work we can be proud of: drafts, evidence, lessons from the ones we lost.",
        "Bring half-finished drafts; nobody here writes a first version that is good. "
        "Numbers from depots are gold, so **say where yours come from**.",
        "open",
        ("amira",),
        {"commercial": 0.95, "tower": 0.5, "operations": 0.05, "partnering": 0.6, "legal": 1.0, "sustainability": 1.0},
    ),
    Gathering(
        "on-the-road",
        "On the road",
        "Drivers, planners and the workshop: routes, customers' yards, ferries, hours, breakfasts.",
        "Never from behind the wheel, please. A note about a yard or a low bridge helps the next one who goes there.",
        "open",
        ("siobhan", "gaz"),
        {"transport": 0.85, "tower": 0.9, "safety": 1.0, "customs": 0.4, "accounts-key": 0.3},
    ),
    Gathering(
        "night-shift",
        "Night shift",
        "For everybody who says good morning at ten in the evening. Ask to join; day people with a reason are welcome.",
        "This is where nights talk to nights. Be kind at 4 a.m.; so is everybody else, mostly.",
        "closed",
        ("imran", "fiona"),
        {"wakefield-nights": 0.95, "leith-nights": 0.95, "hamburg": 0.25, "wroclaw": 0.25, "desk": 0.3},
    ),
    Gathering(
        "ask-it",
        "Ask IT",
        "Scanners, screens, sign-ins, Wi-Fi, printers. Urgent and on shift? Ring 4444 first, then write it up here.",
        "Tell us **what the screen said** and where you stood. A photograph of an error is worth ten adjectives.",
        "open",
        ("sanjay", "zofia"),
        {"calder": 0.35, "technology": 1.0},
    ),
    Gathering(
        "money-matters",
        "Money matters",
        "Expenses, invoices, payroll dates, budgets, and why a pallet costs what it costs.",
        "Never post your own payslip or a customer's bank details: send those to payroll@ or accounts@. "
        "Everything else, ask away.",
        "open",
        ("priya", "pavel"),
        {"finance": 1.0, "commercial": 0.4, "operations": 0.25, "people": 0.4},
    ),
    Gathering(
        "working-here",
        "Working here",
        "Leave, rotas, pay bands, learning, children, growing older in a physical job. Asked once, answered for all.",
        "If your question is about you alone, write to Deborah instead. If ten others wonder too, it belongs here.",
        "open",
        ("deborah", "hannah"),
        {"calder": 0.5, "people": 1.0},
    ),
    Gathering(
        "works-council",
        "Works council",
        "What your representatives are working on, in every country, before it is decided.",
        "Members of the council read everything here. Managers are not in this community, except when invited.",
        "closed",
        ("gordon", "ayse"),
        {
            "hamburg": 0.6,
            "wakefield": 0.35,
            "leith": 0.5,
            "uk-drivers": 0.5,
            "continental": 0.3,
            "wroclaw": 0.2,
            "council": 1.0,
        },
    ),
    Gathering(
        "new-starters",
        "New starters",
        "Your first ninety days: no question too small. The rest of us remember, and hang about to help.",
        "Hello! Say who you are, where you sit or stand, and one thing nobody told you. "
        "The **first-week list** is pinned at the top.",
        "open",
        ("ciaran", "hannah"),
        {"people": 1.0, "calder": 0.15},
    ),
    Gathering(
        "ask-the-directors",
        "Ask the directors",
        "Questions to the six of us. An answer within five working days, even if it is “we do not know yet”.",
        "Ask what you would ask in the car park. If we dodge, say so.",
        "open",
        ("ravi",),
        {"calder": 0.6},
    ),
    Gathering(
        "the-kettle",
        "The kettle",
        "Small talk with no purpose at all: food, bicycles, dogs, weather, the great biscuit question.",
        "Nothing here is work. That is the only rule. (Also: the good mugs belong to nights.)",
        "open",
        ("maureen", "colin"),
        {"calder": 0.45, "property": 1.0},
    ),
    Gathering(
        "northline-rebid",
        "Northline rebid",
        "The rebid for Northline Rail's parts logistics. Invited people only until the award.",
        "Nothing leaves this room until the award. Figures are drafts until Samira says otherwise.",
        "private",
        ("george", "amira"),
        {"bids": 0.7, "pricing": 0.6},
    ),
)
