"""What do the cells of a roster mean? Headings, groups, countries, languages and roles as four languages write them."""

import re
import unicodedata
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from consult.core.terms import PartyRole, StakeholderGroup

LOCALES = ("en", "ar", "zh", "fr", "ru", "es")
EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

COLUMNS = ("organisation", "slug", "group", "country", "contact", "email", "language", "role")
HEADINGS = {
    "organisation": "organisation|organization|organisation name|organization name|name of organisation|"
    "name of the organisation|name|entity|institution|agency|party|delegation|المنظمة|اسم المنظمة|الجهة|اسم الجهة|"
    "المؤسسة|اسم المؤسسة|الاسم|组织|组织名称|机构|机构名称|单位|单位名称|名称|organisme|nom de l organisation|"
    "nom de l organisme|nom|institution|entité",
    "slug": "slug|short name|identifier|id|code|المعرف|الرمز|الاسم المختصر|标识|标识符|简称|代码|identifiant|sigle",
    "group": "group|stakeholder group|stakeholder|category|sector|type|المجموعة|مجموعة أصحاب المصلحة|الفئة|القطاع|"
    "النوع|组别|群体|利益攸关方|利益攸关方群体|利益相关方|利益相关方群体|类别|部门|groupe|groupe de parties prenantes|"
    "partie prenante|catégorie|secteur",
    "country": "country|country code|state|member state|nation|البلد|الدولة|رمز البلد|国家|国家地区|国别|国家代码|"
    "pays|code pays|état|etat membre",
    "contact": "contact|contact name|contact person|focal point|head|head of delegation|representative|person|"
    "جهة الاتصال|اسم جهة الاتصال|مسؤول الاتصال|نقطة الاتصال|رئيس الوفد|الممثل|联系人|联系人姓名|联络人|代表|代表团团长|"
    "personne de contact|nom du contact|personne à contacter|point focal|correspondant|chef de délégation|représentant",
    "email": "email|e mail|mail|email address|e mail address|contact email|contact e mail|البريد الإلكتروني|البريد|"
    "عنوان البريد الإلكتروني|بريد جهة الاتصال|电子邮件|电子邮件地址|电子邮箱|邮箱|电邮|联系邮箱|courriel|mél|"
    "adresse électronique|adresse e mail|adresse de courriel|courriel du contact",
    "language": "language|preferred language|اللغة|اللغة المفضلة|语言|语种|首选语言|langue|langue préférée",
    "role": "role|part|invited as|الدور|الصفة|角色|身份|作用|rôle|qualité",
}
GROUPS = {
    StakeholderGroup.GOVERNMENT: "government|governments|state|ministry|public sector|gov|g|حكومة|الحكومة|الحكومات|"
    "حكومي|قطاع عام|政府|政府部门|国家机关|gouvernement|gouvernements|état|secteur public|ministère",
    StakeholderGroup.PRIVATE_SECTOR: "private sector|private|business|company|companies|industry|biz|p|القطاع الخاص|"
    "قطاع خاص|شركة|شركات|私营部门|私营|企业|工商界|产业界|secteur privé|privé|entreprise|entreprises|industrie",
    StakeholderGroup.TECHNICAL_COMMUNITY: "technical community|technical|standards|engineers|tec|t|المجتمع التقني|"
    "الأوساط التقنية|تقني|技术社群|技术界|技术社区|communauté technique|technique",
    StakeholderGroup.CIVIL_SOCIETY: "civil society|ngo|ngos|cso|non governmental organisation|civ|c|المجتمع المدني|"
    "منظمة غير حكومية|مجتمع مدني|民间社会|公民社会|非政府组织|société civile|ong|association|associations",
    StakeholderGroup.ACADEMIA: "academia|academic|university|universities|research|aca|a|الأوساط الأكاديمية|"
    "أكاديمي|جامعة|الجامعات|学术界|学术|高校|大学|monde universitaire|milieux universitaires|université|recherche|"
    "milieu universitaire|universitaire",
    StakeholderGroup.INTERGOVERNMENTAL: "intergovernmental organisation|intergovernmental|intergovernmental organization|"
    "international organisation|international organization|igo|i|un agency|منظمة حكومية دولية|المنظمات الحكومية الدولية|منظمة دولية|"
    "政府间组织|国际组织|organisation intergouvernementale|intergouvernemental|organisation internationale|oig",
}
ROLES = {
    PartyRole.INVITED: "invited|invited to comment|observer|مدعو|مدعوة|مدعو إلى التعليق|受邀|受邀方|邀请|受邀发表意见|"
    "invité|invitée|invitée à formuler des observations",
    PartyRole.PARTY: "party|party to the talks|member|طرف|طرف في المحادثات|عضو|缔约方|当事方|磋商方|成员|partie|"
    "partie aux pourparlers|membre",
    PartyRole.ADDRESSED: "addressed|addressed by the guideline|addressee|مخاطب|معني|معني بالمبادئ التوجيهية|موجه إليه|"
    "适用对象|指南适用对象|相关方|destinataire|visé|visée|visée par la ligne directrice",
}
# How the United Nations and everyday speech name some that CLDR names otherwise.
COUNTRY_WORDS = {
    "GB": "uk|great britain|united kingdom of great britain and northern ireland|royaume uni de grande bretagne",
    "US": "usa|united states of america|the united states|états unis d amérique",
    "RU": "russian federation|fédération de russie|الاتحاد الروسي|俄罗斯联邦",
    "KR": "republic of korea|korea|république de corée|جمهورية كوريا|大韩民国",
    "KP": "democratic people s republic of korea",
    "VN": "viet nam",
    "IR": "islamic republic of iran|iran islamic republic of",
    "SY": "syrian arab republic",
    "LA": "lao people s democratic republic",
    "BO": "plurinational state of bolivia|bolivia plurinational state of",
    "VE": "bolivarian republic of venezuela|venezuela bolivarian republic of",
    "TZ": "united republic of tanzania|tanzania united republic of",
    "MD": "republic of moldova",
    "CD": "democratic republic of the congo|drc|dr congo|rdc|république démocratique du congo|congo kinshasa",
    "CG": "congo|republic of the congo|congo brazzaville",
    "CI": "ivory coast|cote divoire",
    "TR": "turkey|turkiye",
    "CZ": "czech republic|république tchèque",
    "NL": "the netherlands|kingdom of the netherlands|holland",
    "BN": "brunei darussalam",
    "CV": "cape verde",
    "SZ": "swaziland",
    "MK": "macedonia",
    "PS": "palestine|state of palestine|فلسطين|دولة فلسطين|巴勒斯坦",
    "AE": "uae|emirates",
    "VA": "holy see|saint siège",
    "CN": "people s republic of china|prc|中华人民共和国",
}
LANGUAGE_WORDS = {"mandarin": "zh", "中文": "zh", "汉语": "zh", "普通话": "zh"}


def folded(words: str) -> str:
    """How words are compared: without case, accents, marks and the Arabic article's spelling of hamza."""
    parted = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", words).casefold())
    kept = (
        sign
        if unicodedata.category(sign)[0] in "LN"
        else ("" if unicodedata.category(sign) in MARKS else " ")
        for sign in parted
    )
    return " ".join("".join(kept).split())


MARKS = {"Mn", "Cf", "Me", "Lm"}  # accents, harakat, joiners and the tatweel


def heading_of(cell: str) -> str:
    """Which column this heading names; blank where it names none."""
    return _headings().get(folded(cell), "")


def group_of(cell: str) -> StakeholderGroup | None:
    """The stakeholder group that these words mean."""
    found = folded(cell.replace("_", " "))
    return _groups().get(found)


def role_of(cell: str) -> PartyRole | None:
    """The part on the roster that these words mean."""
    return _roles().get(folded(cell))


def country_of(cell: str) -> str | None:
    """The ISO 3166-1 code of a country, by its code of two or three letters or its name in one of the languages."""
    words = cell.strip()
    if re.fullmatch(r"[A-Za-z]{2}", words) and words.upper() in _codes():
        return words.upper()
    if re.fullmatch(r"[A-Za-z]{3}", words):
        for code in get_global("territory_aliases").get(words.upper(), ()):
            if code in _codes():
                return str(code)
    return _countries().get(folded(words)) if words else None


def language_of(cell: str) -> str | None:
    """The tag of a language, by its tag or its name in one of the languages."""
    words = cell.strip()
    primary = re.split(r"[-_]", words)[0].lower()
    if re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*", words) and primary in _language_codes():
        return primary
    return _languages().get(folded(words)) if words else None


def email_of(cell: str) -> str:
    """The first address in a cell, as in “Asha Mwangi <asha@example.org>”; blank where there is none."""
    found = EMAIL.search(cell)
    return found.group().casefold() if found else ""


@cache
def _headings() -> dict[str, str]:
    return {folded(word): name for name, words in HEADINGS.items() for word in words.split("|")}


@cache
def _groups() -> dict[str, StakeholderGroup]:
    return {folded(word): group for group, words in GROUPS.items() for word in words.split("|")}


@cache
def _roles() -> dict[str, PartyRole]:
    return {folded(word): role for role, words in ROLES.items() for word in words.split("|")}


@cache
def _codes() -> frozenset[str]:
    return frozenset(
        code
        for code in map(str, Locale.parse("en").territories)
        if re.fullmatch(r"[A-Z]{2}", code) and code not in NO_COUNTRY
    )


NO_COUNTRY = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}


@cache
def _countries() -> dict[str, str]:
    found = {folded(word): code for code, words in COUNTRY_WORDS.items() for word in words.split("|")}
    for tag in LOCALES:
        for code, name in Locale.parse(tag).territories.items():
            if code in _codes():
                found.setdefault(folded(name), code)
    return found


@cache
def _language_codes() -> frozenset[str]:
    return frozenset(
        code for code in map(str, Locale.parse("en").languages) if re.fullmatch(r"[a-z]{2,3}", code)
    )


@cache
def _languages() -> dict[str, str]:
    found = {folded(word): tag for word, tag in LANGUAGE_WORDS.items()}
    for tag in LOCALES:
        for code, name in Locale.parse(tag).languages.items():
            if code in _language_codes():
                found.setdefault(folded(name), code)
    for code in _language_codes():
        try:
            own = Locale.parse(code).get_language_name(code)
        except (ValueError, LookupError, UnknownLocaleError):
            continue
        if own:
            found.setdefault(folded(own), code)
    return found
