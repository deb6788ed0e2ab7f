"""The people of the demo company who speak: who they are and where they sit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Speaker:
    """One colleague with a voice; `weeks` counts since they began, `left_weeks` since they left, `place` overrides the unit's."""

    handle: str
    name: str
    title: str
    unit: str
    weeks: int
    languages: tuple[str, ...]
    skills: tuple[str, ...]
    about: str
    place: str = ""
    left_weeks: int | None = None


# One line each, so that the cast can be read at a glance.
# fmt: off
CAST = (
    # Who leads
    Speaker("margaret", "Margaret Osei", "Chief executive", "calder", 430, ("en", "tw"), ("leadership", "chartering"), "Started on the phones in Felixstowe. I read everything here, usually on the train, usually late."),
    Speaker("erin", "Erin Calloway", "Chief operating officer", "operations", 212, ("en", "ga"), ("operations", "lean", "rotas"), "Depots, wheels and the people who make both work. If I promised it and it is late, say so here."),
    Speaker("henrik", "Henrik Lindqvist", "Finance director", "finance", 168, ("en", "sv"), ("finance", "pensions"), "Numbers should be explainable in one breath."),
    Speaker("shirin", "Shirin Daneshvar", "People director", "people", 96, ("en", "fa"), ("employment law", "pay structures"), "Pay, fairness, and making the first month less bewildering."),
    Speaker("tomasz", "Tomasz Zieliński", "Technology director", "technology", 145, ("pl", "en", "de"), ("architecture", "warehouse systems"), "I used to write the code you now complain about. Fair enough."),
    Speaker("ruth", "Ruth Abernethy", "Commercial director", "commercial", 310, ("en", "fr"), ("negotiation", "rail freight"), "Would rather lose a bid honestly than win it and hurt the depot."),
    # Wakefield
    Speaker("bev", "Beverley Hartley", "Depot manager, Wakefield", "wakefield", 890, ("en",), ("depot management", "first aid"), "My door is a roller shutter and it is usually open."),
    Speaker("joana", "Joana Ribeiro", "Shift lead, returns", "returns", 505, ("pt", "en"), ("returns", "RF scanners", "training"), "Returns are just deliveries that changed their mind."),
    Speaker("stacey", "Stacey Thwaite", "Goods-in clerk", "returns", 260, ("en",), ("goods-in", "booking slots"), "Bay 4 to 11. Bring your paperwork and your manners."),
    Speaker("colin", "Colin Bramley", "Day shift lead and forklift instructor", "wakefield-days", 1140, ("en",), ("forklifts", "reach trucks", "instruction"), "Look behind you. No, the other behind you."),
    Speaker("josh", "Josh Hepworth", "Warehouse operative", "wakefield-days", 7, ("en",), (), "New. Still looking for bay 14."),
    Speaker("imran", "Imran Sheikh", "Night shift lead", "wakefield-nights", 365, ("en", "ur", "pa"), ("night shifts", "cross-docking"), "Ten till six. The building is different at three in the morning."),
    Speaker("agnieszka", "Agnieszka Nowak", "Night picker", "wakefield-nights", 188, ("pl", "en"), ("picking", "stock counts"), "Fastest on aisle F, says the board. The board is right."),
    Speaker("kuba", "Jakub Sikora", "Forklift driver, nights", "wakefield-nights", 61, ("pl", "en"), ("forklifts",), "Nights by choice. Ask me about sourdough."),
    # Leith and Felixstowe
    Speaker("dougie", "Douglas Muir", "Depot manager, Leith", "leith", 720, ("en",), ("depot management", "reefer"), "Chilled fish, warm welcome."),
    Speaker("fiona", "Fiona MacAskill", "Night shift lead", "leith-nights", 402, ("en", "gd"), ("night shifts", "temperature control"), "Skye to Leith, via every cold store in Scotland."),
    Speaker("callum", "Callum Reid", "Warehouse operative, nights", "leith-nights", 118, ("en",), ("reefer", "picking"), "Part-time student, full-time cold."),
    Speaker("keith", "Keith Ablett", "Depot manager, Felixstowe", "felixstowe", 940, ("en",), ("containers", "port booking"), "Been watching ships be late since 1998."),
    Speaker("denise", "Denise Okoro", "Container planner", "felixstowe", 233, ("en", "ig"), ("containers", "vessel schedules"), "If it has a box number I can find it."),
    # Hamburg, Wrocław, Leixões, Jebel Ali
    Speaker("jonas", "Jonas Petersen", "Depot manager, Hamburg", "hamburg", 318, ("de", "en", "da"), ("depot management", "dangerous goods"), "Moin. Kurz und klar, bitte."),
    Speaker("nils", "Nils Ohlsen", "Shift lead, Hamburg", "hamburg", 275, ("de", "en"), ("shift planning", "dangerous goods"), "Frühschicht aus Überzeugung."),
    Speaker("ayse", "Ayşe Demir", "Warehouse operative, works council", "hamburg", 386, ("de", "tr", "en"), ("works council", "ergonomics"), "Betriebsrätin. Lager. Beides mit Leidenschaft."),
    Speaker("kasia", "Katarzyna Wójcik", "Depot manager, Wrocław", "wroclaw", 290, ("pl", "en"), ("depot management", "e-commerce"), "Magazyn to ludzie, a nie regały."),
    Speaker("wojtek", "Wojciech Krawczyk", "Team leader, Wrocław", "wroclaw", 204, ("pl", "en"), ("packing", "5S"), "Porządek musi być. And labels must face out."),
    Speaker("magda", "Magdalena Duda", "Quality inspector", "wroclaw", 130, ("pl", "en", "uk"), ("quality", "root cause"), "I ask why five times. Sorry in advance."),
    Speaker("rui", "Rui Tavares", "Depot manager, Leixões", "leixoes", 256, ("pt", "en", "es"), ("depot management", "wine logistics"), "Do cais ao cliente, sem pressa e sem atraso."),
    Speaker("ines", "Inês Carvalho", "Warehouse operative, Leixões", "leixoes", 84, ("pt", "en"), ("picking", "labelling"), "Bicicleta, café, paletes."),
    Speaker("yusuf", "Yusuf Haddad", "Branch manager, Jebel Ali", "jebel-ali", 177, ("ar", "en"), ("air and sea export", "customs"), "Three hours ahead of Wakefield, and of most problems."),
    Speaker("layla", "Layla Aziz", "Documentation clerk", "jebel-ali", 52, ("ar", "en", "fr"), ("letters of credit", "documentation"), "I read the small print so the ship does not have to."),
    Speaker("tariq", "Tariq Mansour", "Export clerk", "jebel-ali", 91, ("ar", "en", "ur"), ("air and sea export",), "Cut-off is cut-off."),
    # On the road
    Speaker("norman", "Norman Stott", "Class 1 driver", "uk-drivers", 1660, ("en",), ("Class 1",), "Thirty-two years behind a wheel. Allotment next.", left_weeks=14),
    Speaker("siobhan", "Siobhan Doyle", "Transport manager", "transport", 333, ("en", "ga"), ("drivers' hours", "route planning"), "CPC holder, tea holder."),
    Speaker("gaz", "Gary Pickersgill", "Class 1 driver, driver rep", "uk-drivers", 1410, ("en",), ("Class 1", "ADR"), "Twenty-seven years, four lorries, no flat caps."),
    Speaker("mo", "Mohammed Farouk", "Class 1 driver", "uk-drivers", 146, ("en", "ar"), ("Class 1", "tail lift"), "A1, M62, repeat. I know where the good breakfasts are."),
    Speaker("trish", "Patricia Lowe", "Class 2 driver", "uk-drivers", 74, ("en",), ("Class 2", "multi-drop"), "Ex-ambulance. This is calmer. Mostly."),
    Speaker("piotr", "Piotr Mazur", "International driver", "continental", 312, ("pl", "de", "en"), ("international", "ferry crossings"), "Od Wrocławia po Porto. Sypiam na parkingach, więc wiem, które są dobre."),
    Speaker("lena", "Lena Brandt", "International driver", "continental", 98, ("de", "en", "nl"), ("international", "ADR"), "Vierzig Tonnen, ein Hund.", "Hamburg"),
    Speaker("dev", "Devinder Gill", "Lead planner, control tower", "tower", 221, ("en", "pa"), ("planning", "exceptions"), "Forty screens and one window. The window is not mine."),
    Speaker("maya", "Maya Okafor", "Transport planner", "tower", 103, ("en", "fr"), ("planning", "rail freight"), "Plans the Scottish trunk. Runs, slowly, on Sundays."),
    Speaker("noor", "Noor Bakshi", "Transport planner", "tower", 9, ("en", "ur"), ("planning",), "Nine weeks in. I have a list of questions."),
    Speaker("patrick", "Patrick Nwosu", "Safety adviser", "safety", 158, ("en",), ("safety", "incident review", "manual handling"), "Near misses are free lessons. Send me yours."),
    # Commercial
    Speaker("amira", "Amira Khan", "Head of bids", "bids", 240, ("en", "ur"), ("bid writing", "win themes", "editing"), "Shorter. Clearer. Proven. In that order."),
    Speaker("clara", "Clara Voss", "Bid writer", "bids", 87, ("de", "en"), ("bid writing", "German tenders"), "Schreibt Angebote auf zwei Sprachen und flucht auf drei.", "Hamburg"),
    Speaker("owen", "Owen Parry", "Bid coordinator", "bids", 41, ("en", "cy"), ("portals", "compliance matrices"), "I know the password to every procurement portal in Britain. Nearly."),
    Speaker("george", "George Papadakis", "Head of key accounts", "accounts-key", 270, ("en", "el"), ("key accounts", "rail freight"), "Customers ring me before they ring the tower. Working on that."),
    Speaker("rhys", "Rhys Pritchard", "Account manager", "accounts-key", 119, ("en", "cy"), ("key accounts", "retail"), "Retail and drinks. Home office in Swansea, camera on."),
    Speaker("bukola", "Bukola Ade", "Customer service lead", "service", 197, ("en", "yo"), ("complaints", "coaching"), "Somebody's parcel is somebody's birthday."),
    Speaker("samira", "Samira Benali", "Lead pricing analyst", "pricing", 151, ("fr", "ar", "en", "de"), ("pricing", "cost models"), "A price is a promise with a decimal point."),
    # Finance
    Speaker("pavel", "Pavel Novák", "Finance partner, operations", "partnering", 186, ("cs", "en", "de"), ("cost to serve", "audit"), "I visit every depot once a quarter. Show me the form you hate."),
    Speaker("priya", "Priya Raman", "Payroll lead", "payroll", 284, ("en", "ta"), ("payroll", "shift premiums"), "Cut-off is the 12th. It is always the 12th."),
    Speaker("oliver", "Oliver Beck", "Management accountant", "partnering", 66, ("en",), ("spreadsheets", "forecasts"), "Yes, I can explain the fuel line."),
    Speaker("nkechi", "Nkechi Eze", "Credit control lead", "credit", 139, ("en", "ig"), ("credit control", "disputes"), "Politely persistent since 2019."),
    # People
    Speaker("deborah", "Deborah Annan", "HR partner, operations", "hr", 207, ("en",), ("employment law", "absence", "mediation"), "I answer here when the answer helps more than one person, and privately when it does not."),
    Speaker("hannah", "Hannah Whitlock", "Head of learning", "learning", 163, ("en",), ("training", "apprenticeships"), "If you had to learn it twice, we taught it badly once."),
    Speaker("ciaran", "Ciarán Byrne", "Recruitment lead", "recruitment", 92, ("en", "ga"), ("recruitment", "onboarding"), "I promise the job is the one in the advert."),
    Speaker("ella", "Ella Robson", "Graduate trainee", "operations", 11, ("en", "es"), ("spreadsheets",), "Three months in each place. Currently: Wakefield, hi-vis, delighted."),
    # Technology
    Speaker("sanjay", "Sanjay Iyer", "Service desk lead", "desk", 248, ("en", "hi", "ta"), ("devices", "sign-in", "printers"), "Have you tried telling me what it says on the screen?"),
    Speaker("zofia", "Zofia Baran", "Developer, warehouse systems", "warehouse-systems", 172, ("pl", "en"), ("RF scanners", "Python", "SQL"), "I wrote the pick screen. I also want it to have fewer buttons."),
    Speaker("mei", "Tan Mei Lin", "Product owner, warehouse systems", "warehouse-systems", 110, ("en", "zh", "ms"), ("product", "user research"), "I learn more from one night shift than from ten workshops.", "Wakefield"),
    Speaker("kofi", "Kofi Mensah", "Apprentice developer", "warehouse-systems", 29, ("en", "tw"), ("Python",), "Year one. Breaking things in test, as instructed.", "Wakefield"),
    Speaker("luca", "Luca Ferretti", "Data analyst", "reporting", 78, ("it", "en"), ("dashboards", "SQL", "forecasting"), "There is always a row that should not be there."),
    Speaker("tunde", "Tunde Adeyemi", "Infrastructure lead", "infrastructure", 194, ("en", "yo"), ("networks", "Linux", "backups"), "The Wi-Fi in bay 9 is a personal matter now."),
    Speaker("freya", "Freya Nygaard", "Security officer", "infrastructure", 58, ("no", "en"), ("security", "phishing"), "Nobody is in trouble for clicking. Tell me in the first five minutes."),
    # The rest of the house
    Speaker("anneke", "Anneke de Vries", "Head of customs", "customs", 301, ("nl", "en", "de"), ("customs", "transit", "origin"), "Commodity codes are poetry. Badly translated poetry."),
    Speaker("farida", "Farida Noor", "Customs declarant", "customs", 125, ("en", "ar", "so"), ("customs", "veterinary checks"), "T1, T2, tea."),
    Speaker("lidia", "Lídia Fonseca", "General counsel", "legal", 134, ("pt", "en"), ("contracts", "data protection"), "I say yes more often than people think."),
    Speaker("ravi", "Ravi Chandran", "Head of communications", "communications", 115, ("en", "ta"), ("writing", "moderation"), "I look after this place with the stewards. Plain words, please."),
    Speaker("heather", "Heather Sowerby", "Sustainability lead", "sustainability", 69, ("en",), ("carbon", "energy", "cycling"), "Empty miles are my villain."),
    Speaker("maureen", "Maureen Clegg", "Canteen manager", "property", 615, ("en",), ("catering", "food safety"), "Pie on Wednesday. This is not negotiable."),
    Speaker("bartek", "Bartosz Wilk", "Caretaker", "property", 143, ("pl", "en"), ("plumbing", "heating", "bicycles"), "If it drips, hums or squeaks, it is mine."),
    Speaker("gordon", "Gordon Tait", "Chair of the works council", "council", 812, ("en",), ("works council", "agreements", "pensions"), "Thirty years of reading agreements so that you do not have to. Read them anyway."),
)
# fmt: on
