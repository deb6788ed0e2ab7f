"""Names of the colleagues who do not speak, from the many places that the company's people come from."""

import random

from heard.demo.company import PLACES

GIVEN = {
    "english": "Adam Aaron Alison Amy Beth Carl Chloe Claire Craig Daniel Darren Donna Emily Gareth Grace Harry Helen Jack Janet Joanne Karen Kelly Lauren Leanne Lee Liam Lisa Lucy Mark Martin Megan Natalie Neil Nicola Oliver Paul Rachel Rebecca Sam Sarah Sharon Shaun Simon Sophie Steve Tracy Wayne Wendy",
    "scottish": "Ailsa Alasdair Angus Catriona Duncan Eilidh Ewan Fergus Fraser Gregor Hamish Isla Iona Jamie Kirsty Lachlan Lorna Malcolm Mairi Morag Murdo Rory Ross Shona Stuart",
    "polish": "Adam Aleksandra Anna Barbara Beata Dariusz Dorota Edyta Filip Grzegorz Iwona Joanna Karolina Kamil Krzysztof Łukasz Maciej Małgorzata Marcin Marek Marta Michał Monika Natalia Oskar Paweł Radosław Renata Sławomir Tomasz Weronika Zbigniew",
    "ukrainian": "Andrii Bohdan Dmytro Halyna Iryna Kateryna Mykola Oksana Oleh Olena Serhii Svitlana Taras Vira Yulia",
    "german": "Anja Birgit Björn Christian Daniela Dirk Finn Frauke Hauke Heike Henning Ingo Jannik Jörg Katrin Kerstin Lars Maike Malte Merle Mareike Niklas Sabine Sönke Stefan Svenja Thorsten Torben Uwe Wiebke",
    "turkish": "Ahmet Aylin Burak Cem Derya Elif Emre Fatma Gül Hakan Hatice Kemal Mehmet Murat Selin Serkan Zeynep",
    "portuguese": "Afonso Ana Andreia Beatriz Bruno Carla Catarina Cláudia Diogo Duarte Filipa Gonçalo Hugo Joaquim José Leonor Luís Mafalda Manuel Marta Nuno Patrícia Paula Pedro Raquel Sandra Sérgio Sofia Susana Tiago Vasco",
    "arabic": "Abdullah Ahmad Aisha Bilal Dina Fadi Fatima Ghassan Hala Hassan Huda Ibrahim Karim Khaled Leila Mahmoud Mariam Nabil Nadia Omar Rania Salma Samir Walid Zeinab",
    "southasian": "Abdul Anita Arjun Asif Ayesha Bhavesh Deepa Faisal Farah Gurpreet Harjit Humaira Jaspreet Kavita Kiran Lakshmi Manpreet Nasreen Nikhil Parveen Rajesh Rehana Saima Sandeep Shabana Sukhdev Tahir Usman Vikram Zainab",
    "westafrican": "Abena Adaeze Akosua Ama Chidi Chinwe Efua Emeka Femi Folasade Ifeoma Kehinde Kwabena Kwame Ngozi Obinna Olumide Sade Segun Yaa Yaw",
    "romanian": "Adrian Alina Andreea Bogdan Ciprian Cristina Dan Elena Florin Gabriela Ioan Ionela Mihai Mihaela Radu Raluca Sorin Vasile",
    "filipino": "Analyn Angelo Arnel Cherry Danilo Editha Jericho Jonalyn Marites Reynaldo Rodel Rowena",
    "somali": "Abdi Amina Asha Fadumo Hodan Ifrah Liban Mahad Nasra Warsame Yasin",
}  # fmt: skip
FAMILY = {
    "english": "Armitage Atkinson Barker Bentley Booth Broadbent Brook Butterworth Clayton Crowther Dixon Earnshaw Fawcett Firth Gledhill Haigh Hardcastle Hinchliffe Holroyd Illingworth Kershaw Lockwood Marsden Metcalfe Naylor Oldroyd Parkin Pearson Ramsden Rhodes Schofield Shaw Sutcliffe Sykes Tempest Varley Wadsworth Walker Whiteley Wood",
    "scottish": "Baird Buchanan Cairns Dalgleish Drummond Dunbar Erskine Forsyth Galbraith Geddes Gillespie Innes Kerr Lamont MacDonald MacLeod Menzies Moncrieff Napier Ogilvie Paterson Ramsay Rennie Sinclair Tulloch Wishart",
    "polish": "Adamczyk Bąk Błaszczyk Chmiel Cieślak Dudek Gołąb Jabłoński Jaworski Kaczmarek Kalinowski Kołodziej Kowalczyk Kozłowski Król Kubiak Lewandowski Malinowski Michalak Mróz Olszewski Pawlak Piątek Sadowski Sobczak Szymański Walczak Wiśniewski Witkowski Zając",
    "ukrainian": "Boiko Bondarenko Chornyi Hrytsenko Ivanchuk Kovalenko Kravchenko Lysenko Melnyk Moroz Petrenko Rudenko Savchenko Shevchuk Tkachenko",
    "german": "Ahlers Behrens Böttcher Brandes Carstens Claussen Dierks Ehlers Feddersen Friedrichs Gerdes Hansen Harms Hinrichs Jansen Jessen Köster Lorenzen Lüders Martens Meinke Petersen Rathje Schlüter Sievers Thomsen Timm Voigt Wulff",
    "turkish": "Aksoy Arslan Aydın Çelik Doğan Erdem Güneş Kaplan Kaya Koç Öztürk Polat Şahin Yıldız Yılmaz",
    "portuguese": "Almeida Antunes Azevedo Barbosa Branco Cardoso Costa Cunha Dias Faria Gomes Guerra Lopes Machado Magalhães Matos Mendes Moreira Neves Nogueira Pacheco Pinto Queirós Ramos Rocha Sá Soares Teixeira Vaz Vieira",
    "arabic": "Abbas Al-Amin Al-Masri Barakat Daoud Fakhoury Ghanem Hamdan Hijazi Jaber Kanaan Khalil Khoury Najjar Nasser Qasim Rahal Saleh Shaheen Zaidan",
    "southasian": "Ahmed Akhtar Ali Begum Bhatti Chaudhry Dhillon Gill Hussain Iqbal Joshi Kaur Khatun Malik Mehta Mirza Nair Patel Rana Rehman Reddy Sandhu Shah Sharma Siddiqui Sidhu Singh Subramaniam",
    "westafrican": "Acheampong Adebayo Agyeman Amoah Asante Balogun Boateng Danso Ezeh Igwe Nwachukwu Obi Ofori Okafor Okeke Okonjo Olawale Owusu Sarpong",
    "romanian": "Albu Bălan Ciobanu Cojocaru Diaconu Dumitrescu Georgescu Ionescu Lungu Marin Munteanu Neagu Popa Rusu Stan Ungureanu",
    "filipino": "Aquino Bautista Castillo Dela Cruz Evangelista Garcia Mercado Pascual Ramos Salazar Santos Villanueva",
    "somali": "Abdullahi Aden Duale Farah Guled Hersi Ibrahim Jama Mohamud Omar Warsame",
}  # fmt: skip
SPOKEN = {
    "english": ("en",),
    "scottish": ("en",),
    "polish": ("pl", "en"),
    "ukrainian": ("uk", "en"),
    "german": ("de", "en"),
    "turkish": ("tr", "de"),
    "portuguese": ("pt", "en"),
    "arabic": ("ar", "en"),
    "southasian": ("en", "ur"),
    "westafrican": ("en",),
    "romanian": ("ro", "en"),
    "filipino": ("tl", "en"),
    "somali": ("so", "en"),
}
LANGUAGES = {
    "ar": "Arabic",
    "cs": "Czech",
    "cy": "Welsh",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "ga": "Irish",
    "gd": "Gaelic",
    "hi": "Hindi",
    "ig": "Igbo",
    "it": "Italian",
    "ms": "Malay",
    "nl": "Dutch",
    "no": "Norwegian",
    "pa": "Punjabi",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "so": "Somali",
    "sv": "Swedish",
    "ta": "Tamil",
    "tl": "Tagalog",
    "tr": "Turkish",
    "tw": "Twi",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "yo": "Yoruba",
    "zh": "Mandarin",
}
"""Languages as people write them on their profile."""
ORIGINS = {
    "Wakefield": "english*9 southasian*4 polish*3 romanian*2 westafrican*2 ukrainian portuguese somali scottish",
    "Leith": "scottish*8 polish*3 english*2 southasian ukrainian westafrican romanian",
    "Felixstowe": "english*8 romanian*2 portuguese*2 westafrican southasian polish somali filipino",
    "Hamburg": "german*8 turkish*4 polish*2 ukrainian westafrican portuguese arabic",
    "Wrocław": "polish*10 ukrainian*5 german",
    "Leixões": "portuguese*10 westafrican ukrainian romanian",
    "Jebel Ali": "arabic*4 southasian*4 filipino*3",
}


def _expanded(origins: str) -> list[str]:
    """Each origin as often as it weighs."""
    parts = (part.partition("*") for part in origins.split())
    return [origin for origin, _star, weight in parts for _time in range(int(weight or 1))]


_WEIGHED = {place: _expanded(ORIGINS[place]) for place in PLACES}


def _family_names(origin: str) -> list[str]:
    return FAMILY[origin].replace("Dela Cruz", "Dela_Cruz").split()


def invent_name(place: str, chance: random.Random) -> tuple[str, tuple[str, ...]]:
    """A name of somebody who might work in `place`, and the languages they speak."""
    origin = chance.choice(_WEIGHED[place])
    given = chance.choice(GIVEN[origin].split())
    family = chance.choice(_family_names(origin)).replace("_", " ")
    if origin == "polish" and given.endswith("a"):
        family = family.removesuffix("i") + "a" if family.endswith(("ski", "cki")) else family
    if origin in {"english", "german", "portuguese"} and chance.random() < 0.08:
        second = chance.choice(_family_names(origin))
        family = (
            family if second == family else f"{family} {second}" if origin == "portuguese" else f"{family}-{second}"
        )
    return f"{given} {family}", SPOKEN[origin]
