"""Recognise prices, numbers, dates, pairs and contact details by their form, in many languages."""

import re

_MONEY = r"(?:[$€£¥￥₹₽₩₺₴₱₫]|usd|eur|gbp|cny|rmb|r\$|元|円|원|块|руб(?:\.|лей|ля)?|رس|ريال|درهم|جنيه|रुपये|रु\.?)"
_UNITS = (
    r"%|٪|‰|k|m|b|bn|mio|mrd|x|×|\+|km|m|cm|mm|mi|miles?|ft|kg|g|mg|t|tons?|tonnes?|l|ml|cl|litres?|liters?|°c?f?|h|hrs?|"
    r"hours?|min|mins?|minutes?|s|sec|days?|weeks?|months?|years?|yrs?|kwh|mwh|gwh|kw|mw|w|kcal|cal|gb|mb|tb|px|pts?|m²|m2|km²|ha|"
    r"million|billion|thousand|millones|millions?|milliards?|millionen|milliarden|milhões|bilhões|тыс\.?|млн\.?|млрд\.?|км|м|кг|г|"
    r"л|ч|мин|лет|дней|года?|مليون|ألف|كم|كغ|लाख|करोड़|किमी|万|億|亿|千|百万|个|個|人|人次|次|件|本|冊|册|回|年|天|日間|分|分钟|小时|時間|"
    r"公里|千米|米|公斤|克|升|名|명|권|개|회|년|만|억|천|시간|분|킬로미터|세|일|건|점|倍|배|岁|歳|杯|台|所|校|位|种|種"
)
_DIGITS = r"\d[\d.,٫٬\u00a0\u202f' ]*"
_MONTHS = (
    "jan(?:uary|vier|uar|eiro)?|ene(?:ro)?|janv|jänner|feb(?:ruary|rero|ruar)?|fév(?:rier)?|fev(?:ereiro)?|mar(?:ch|zo|ço)?|"
    "mars|märz|apr(?:il)?|abr(?:il)?|avr(?:il)?|may|mai|mayo|maio|june?|juin|juni|junio|junho|jul[yi]?|juil(?:let)?|julio|julho|"
    "aug(?:ust)?|ago(?:sto)?|août|sep(?:t|tember|tiembre|tembre)?|set(?:embro)?|oct(?:ober|ubre|obre)?|okt(?:ober)?|out(?:ubro)?|"
    "nov(?:ember|iembre|embre|embro)?|dec(?:ember)?|dic(?:iembre)?|déc(?:embre)?|dez(?:ember|embro)?|"
    "январ[яь]|феврал[яь]|марта?|апрел[яь]|ма[яй]|июн[яь]|июл[яь]|августа?|сентябр[яь]|октябр[яь]|ноябр[яь]|декабр[яь]|"
    "يناير|فبراير|مارس|أبريل|ابريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر|"
    "जनवरी|फ़रवरी|फरवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर|सितम्बर|अक्टूबर|अक्तूबर|नवंबर|नवम्बर|दिसंबर|दिसम्बर"
)
_DAYS = (
    "mon(?:days?)?|tue(?:s(?:days?)?)?|wed(?:nesdays?)?|thu(?:rs(?:days?)?)?|fri(?:days?)?|sat(?:urdays?)?|sun(?:days?)?|"
    "lunes|martes|miércoles|jueves|viernes|sábados?|domingos?|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    "montags?|dienstags?|mittwochs?|donnerstags?|freitags?|samstags?|sonnabend|sonntags?|segunda(?:-feira)?|terça(?:-feira)?|"
    "quarta(?:-feira)?|quinta(?:-feira)?|sexta(?:-feira)?|понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье|"
    "الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد|सोमवार|मंगलवार|बुधवार|गुरुवार|शुक्रवार|शनिवार|रविवार"
)
_CJK_DATES = (
    r"\d+\s?(?:年(?![会會度級级生間间前代])|[月日号號时時点點分])半?|[一二三四五六七八九十]+[月日号]|(?:星期|周|週)[一二三四五六日天末]|毎?[月火水木金土日]曜日?|"
    r"上午|下午|晚上|早上|中午|午前|午後|\d+\s?[년월일시]|(?:오전|오후)|[월화수목금토일]요일|[（(][月火水木金土日월화수목금토일][)）]"
)
_TIMES = (
    r"\d{1,2}\s?[:.h]\s?\d\d(?:\s?(?:[ap]\.?\s?m\.?|uhr|h|ч))?|\d{1,2}\s?(?:[ap]\.?\s?m\b\.?|uhr\b|h\b|heures?\b|horas?\b|"
    r"o[’']clock|часов|ч\b|बजे)|\bnoon\b|\bmidnight\b|\bmidi\b|\bminuit\b|\bmitternacht\b|\bполуноч[иь]\b|مساءً?|صباحاً?|الساعة"
)
_ORDER = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|er|º|ª|\.)?\s*(?:de\s+|of\s+)?(?:{_MONTHS})\b\.?(?:,?\s*(?:de\s+)?\d{{4}})?)|"
    rf"(?:(?:{_MONTHS})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s*\d{{4}})?)|"
    rf"\b\d{{1,2}}[./]\d{{1,2}}[./](?:\d{{2,4}})?|\b\d{{4}}-\d\d-\d\d\b|(?:{_MONTHS})\s+(?:\d{{4}})"
)
_BETWEEN = (
    r"\b(?:every|each|daily|from|to|till|til|until|at|on|the|of|and|doors|open|opens|starts?|late|de|a|al|las?|les?|los|le|el|du|au|"
    r"à|dès|desde|hasta|das|às|até|ab|bis|um|am|vom|und|von|с|до|по|в|и|начало|от|من|إلى|يوم|في|حتى|से|तक|को|दिनांक)\b|[~〜～]|から|まで|부터|까지|至|到"
)
_A_DATE = re.compile(rf"{_ORDER}|{_TIMES}|{_CJK_DATES}|\b(?:{_DAYS})\b", re.IGNORECASE)
_FILLERS = re.compile(_BETWEEN, re.IGNORECASE)
_SHAPES = (
    (
        "price",
        rf"^(?:from\s+|ab\s+|desde\s+|dès\s+|от\s+|仅|只要)?{_MONEY}\s?{_DIGITS}(?:\s?(?:/|per|pro|par|por)\s?\w+)?$|^{_DIGITS}{_MONEY}(?:\s?/\s?\w+)?$",
    ),
    (
        "contact",
        r"@\w|www\.|https?:|\.(?:com|org|net|io|co|de|fr|es|cn|jp|ru|br|in|app|dev|shop|example)\b|^(?:tel\.?:?\s*)?\+?\d[\d\s()./-]{6,}$",
    ),
    ("number", rf"^[+−–~≈<>-]?\s?{_DIGITS}(?:{_UNITS})*(?:\s?/\s?(?:\w{{1,8}}|\d+))?\+?$|^1\s?(?:in|of)\s?\d+$"),
)
_OF_SHAPE = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _SHAPES)
_VALUE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_AMOUNT = rf"[+−–-]?(?:{_MONEY}\s?)?\d[\d,.٫٬]*\s?(?:{_MONEY}|\S{{0,3}})"
_ENDS_IN_VALUE = re.compile(rf"^(.*[^\W\d]\S*)\s+({_AMOUNT})$", re.IGNORECASE)
_WHEN = (
    r"\d{1,4}\s?(?:BCE?|CE|AD)\b|(?:AD|公元前|紀元前)\s?\d{1,4}年?|\d{3,4}年|\d{3,4}s?(?!\d)|"
    rf"\d{{1,2}}[:.]\d\d(?:\s?[ap]m)?|(?i:{_MONTHS})\.? \d{{1,4}}|\d{{1,2}} (?i:{_MONTHS})(?: \d{{4}})?|Q[1-4]"
)
_BEGINS_WITH_DATE = re.compile(rf"^({_WHEN})(?:\s+|\s*[:–—-]\s*)(\S.*)$")
_ONLY_DATE = re.compile(rf"^(?:{_WHEN})$")
_RANGE = re.compile(
    r"(?<!\d)(\d{3,4})\s*(?:to|until|till|through|bis|a|à|hasta|até|al|до|по|إلى|से|至|到|から|부터|[–—-])\s*(\d{3,4})(?!\d)"
)
_COUPLE = re.compile(r"^(.{2,22}?)\s+(&|\+|and|und|et|y|e|и|و|और|与|和|と|및)\s+(.{2,22})$", re.IGNORECASE)
_HOUR = r"\s?(?:[ap]\.?m\b|h\b|uhr|o.clock|heures|horas|час|बजे|مساء|صباح|[時点時年月日号시년월일])"
_DAY = re.compile(rf"(?<![\d:.,/-])(\d{{1,2}})(?:st|nd|rd|th)?(?![\d:./%-]|{_HOUR})", re.IGNORECASE)
_BEFORE_NAME = re.compile(
    r"(?:\b(?:to|that|à|a|an|für|para|ao|кому|вручается|награждается|удостоверяет)|授予|颁发给|授与|إلى|को)\s*:?$",
    re.IGNORECASE,
)
_LONGEST = 90
_MOST_OTHER, _MOST_OTHER_WITHOUT_DIGIT = 0.6, 0.3  # most share of other letters in a date, with and without a digit


def role_of(text: str) -> str:
    """The role of a text by its form alone; empty if it has none."""
    if len(text) > _LONGEST:
        return ""
    shaped = next((role for role, pattern in _OF_SHAPE if pattern.search(text)), "")
    return shaped or ("date" if is_date(text) else "")


def is_date(text: str) -> bool:
    """Whether a text consists mostly of dates, days and times; '7:00 Breakfast' does not."""
    letters = _letters(text)
    left, found = _A_DATE.subn(" ", text)
    if not found:
        return False
    share = _MOST_OTHER if any(char.isdigit() for char in text) else _MOST_OTHER_WITHOUT_DIGIT
    return _letters(_FILLERS.sub(" ", left)) <= share * letters


def valued(text: str) -> tuple[str, str] | None:
    """The name and the value of a text such as 'Rye Loaf 4.20' or 'Rent 40 %'."""
    found = _ENDS_IN_VALUE.match(text) if len(text) <= _LONGEST else None
    return (found[1], found[2]) if found else None


def number_in(text: str) -> float | None:
    """The first number of a text."""
    found = _VALUE.search(text)
    return float(found[0].replace(",", "")) if found else None


def dated(text: str) -> tuple[str, str] | None:
    """The date and the event of a text such as '1903 Powered flight'; parts joined by more than a space stay whole."""
    found = _BEGINS_WITH_DATE.match(text)
    return (found[1], found[2]) if found and f"{found[1]} {found[2]}" == text else None


def years_between(text: str) -> tuple[str, str] | None:
    """The first and the last year of a text such as 'from 1961 to 1989'."""
    found = _RANGE.search(text)
    return (found[1], found[2]) if found else None


def is_moment(text: str) -> bool:
    """Whether a text is only a year, a date or a time."""
    return _ONLY_DATE.match(text.strip()) is not None


def couple(text: str) -> tuple[str, str, str] | None:
    """Two names and the word between them, as in 'Anna & Jonas'."""
    found = _COUPLE.match(text)
    return (found[1], found[2], found[3]) if found else None


def around_day(text: str) -> tuple[str, str, str] | None:
    """What is before the day of a date, the day, and what is after it."""
    found = _DAY.search(text)
    return (text[: found.start()].strip(), found[0], text[found.end() :].strip()) if found else None


def leads_to_name(text: str) -> bool:
    """Whether a text ends as 'Awarded to' does."""
    return _BEFORE_NAME.search(text.strip()) is not None


def _letters(text: str) -> int:
    return sum(char.isalpha() for char in text)
