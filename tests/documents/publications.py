"""Publications to write out: the same fifteen clauses in four languages, and short ones made to measure."""

from datetime import UTC, date, datetime

from consult.core.terms import ClauseKind, TranslationState
from consult.documents.publication import Labels, OldWords, Publication, PublishedClause

AT = datetime(2026, 5, 3, 9, 30, tzinfo=UTC)
NAMES = {"en": "English", "ar": "العربية", "zh-Hans": "中文", "fr": "français"}

LABELS = {
    "en": Labels(
        contents="Contents",
        page="Page {page} of {pages}",
        dated="Published on 3 May 2026",
        compared="Changes are shown against the zero draft.",
        inserted="inserted words",
        deleted="deleted words",
        brackets="Words in [square brackets] are not agreed.",
        because="Answers {comments}",
        note="Note {number}",
        source_shown="Not translated yet; shown in {language}.",
        outdated="The original has changed since this was translated.",
        translation={state: f"Translation: {state.value}" for state in TranslationState},
        language_names=NAMES,
    ),
    "ar": Labels(
        contents="المحتويات",
        page="الصفحة {page} من {pages}",
        dated="نُشر في 3 أيار/مايو 2026",
        compared="تظهر التغييرات مقارنة بالمسودة الصفرية.",
        inserted="كلمات مضافة",
        deleted="كلمات محذوفة",
        brackets="الكلمات بين [قوسين معقوفين] غير متفق عليها.",
        because="ردًّا على {comments}",
        note="ملاحظة {number}",
        source_shown="لم يُترجم بعد؛ معروض بـ{language}.",
        outdated="تغيّر الأصل منذ هذه الترجمة.",
        translation={
            state: f"ترجمة: {word}"
            for state, word in zip(
                TranslationState, ("آلية", "مسودة لم يراجعها أحد", "قيد المراجعة", "مراجَعة"), strict=True
            )
        },
        language_names=NAMES | {"en": "الإنكليزية"},
    ),
    "zh-Hans": Labels(
        contents="目录",
        page="第 {page} 页，共 {pages} 页",
        dated="2026年5月3日发布",
        compared="所示修改与零稿相比。",
        inserted="新增文字",
        deleted="删除文字",
        brackets="[方括号]内的文字尚未商定。",
        because="答复 {comments}",
        note="注 {number}",
        source_shown="尚未翻译；以{language}显示。",
        outdated="译文完成后原文已有修改。",
        translation={
            state: f"译文：{word}"
            for state, word in zip(
                TranslationState, ("机器翻译", "草稿，未经审校", "审校中", "已审校"), strict=True
            )
        },
        language_names=NAMES | {"en": "英文"},
    ),
    "fr": Labels(
        contents="Sommaire",
        page="Page {page} sur {pages}",
        dated="Publié le 3 mai 2026",
        compared="Les modifications sont indiquées par rapport à l’avant-projet.",
        inserted="mots ajoutés",
        deleted="mots supprimés",
        brackets="Les mots entre [crochets] ne font pas l’objet d’un accord.",
        because="Répond à {comments}",
        note="Note {number}",
        source_shown="Pas encore traduit ; affiché en {language}.",
        outdated="L’original a changé depuis cette traduction.",
        translation={
            state: f"Traduction : {word}"
            for state, word in zip(
                TranslationState, ("automatique", "projet, non relu", "en relecture", "relue"), strict=True
            )
        },
        language_names=NAMES | {"en": "anglais"},
    ),
}


def a_clause(
    code: str, body: str = "", *, number: str = "", heading: str = "", **told: object
) -> PublishedClause:
    facts = {
        "kind": ClauseKind.CLAUSE,
        "depth": 1,
        "language": "en",
        "changed_by": "Secretariat",
        "changed_at": AT,
    }
    return PublishedClause(code=code, number=number, heading=heading, body=body, **(facts | told))  # type: ignore[arg-type]


def a_publication(*clauses: PublishedClause, **told: object) -> Publication:
    language = str(told.get("language", "en"))
    facts = {
        "title": "Guidelines on the testing of AI systems",
        "language": language,
        "draft_label": "First revision",
        "previous_label": "Zero draft",
        "consultation_address": "https://consult.example/en/consultations/testing",
        "dated": date(2026, 5, 3),
        "status_line": "Open for comment until 30 June 2026, 22:00 UTC",
        "labels": LABELS[language],
        "author": "Consult",
    }
    return Publication(clauses=clauses, **(facts | told))  # type: ignore[arg-type]


def kept(code: str, body: str, **told: object) -> PublishedClause:
    """A clause that did not change."""
    number, heading = str(told.get("number", "")), str(told.get("heading", ""))
    return a_clause(code, body, old=OldWords(number, heading, body), **told)  # type: ignore[arg-type]


def mended(code: str, old: str, new: str, *, was: str | None = None, **told: object) -> PublishedClause:
    """A clause with other words, and another number where `was` tells its old one."""
    number, heading = str(told.get("number", "")), str(told.get("heading", ""))
    old_words = OldWords(number if was is None else was, heading, old)
    return a_clause(code, new, old=old_words, because="#412, #398", **told)  # type: ignore[arg-type]


def ended(code: str, old: str, *, number: str = "", **told: object) -> PublishedClause:
    return a_clause(code, "", is_ended=True, old=OldWords(number, "", old), because="#77", **told)


SECTION, NOTE, TABLE = ClauseKind.SECTION, ClauseKind.NOTE, ClauseKind.TABLE

WORDS = {
    "en": {
        "title": "Guidelines on the testing and evaluation of AI systems",
        "draft": "First revision", "status": "Open for comment until 30 June 2026, 22:00 UTC",
        "s1": "Purpose and scope", "s2": "Testing before use", "s3": "Supervision",
        "scope": "These guidelines apply to every AI system that is *placed on the market* or put into service, wherever its developer is established.[^1]",
        "prop_old": "Testing shall be proportionate to the risk. Small developers are exempt.",
        "prop_new": "Testing shall be proportionate to the risk and to the means of the developer. Small developers [may] [shall] use shared testing facilities.",
        "new": "Results of testing by a recognised body in one country should be accepted in others **without repeating the test**, unless there are grounds to doubt them.",
        "gone": "Evaluation reports shall be kept for five years.",
        "list_old": "Before a system is used, its provider shall:\n\n- describe its intended use;\n- test it on data that stand for the people concerned;\n- publish a summary.",
        "list_new": "Before a system is used, its provider shall:\n\n- describe its intended use and the uses that it is not meant for;\n- test it on data that stand for the people concerned:\n  - in each language in which it is offered;\n  - for each group likely to be affected;\n- publish a summary.",
        "a": "the accuracy of the system, with its interval;", "b_old": "the robustness of the system;", "b_new": "the robustness of the system against errors and attack;",
        "moved": "A provider that cannot test by itself may ask a testing centre to do so.",
        "table_old": "| Risk | Tests | Repeated |\n| --- | --- | --- |\n| low | own tests | never |\n| high | independent tests | every 24 months |",
        "table_new": "| Risk | Tests | Repeated |\n| --- | --- | --- |\n| low | own tests | never |\n| limited | own tests, published | every 36 months |\n| high | independent tests | every [12] [24] months |",
        "table": "Tests by level of risk",
        "sup": "Each authority shall publish its methods at <https://example.org/methods> within fifteen days; the phrase \\[sic\\] stands in the source.[^2]",
        "note1": "An AI system as defined by the OECD in 2023.", "note2_old": "Calendar days.", "note2_new": "Working days of the authority.",
        "n1": "1.1", "n2": "1.2", "n3": "1.3", "n4": "2.1", "na": "(a)", "nb": "(b)", "nt": "Table 1", "n5": "3.1", "c1": "1", "c2": "2", "c3": "3",
    },
    "fr": {
        "title": "Lignes directrices sur l’essai et l’évaluation des systèmes d’IA",
        "draft": "Première révision", "status": "Ouvert aux observations jusqu’au 30 juin 2026, 22 h 00 UTC",
        "s1": "Objet et champ d’application", "s2": "Essais avant l’utilisation", "s3": "Surveillance",
        "scope": "Les présentes lignes directrices s’appliquent à tout système d’IA *mis sur le marché* ou mis en service, où que soit établi son développeur.[^1]",
        "prop_old": "Les essais sont proportionnés au risque. Les petits développeurs en sont dispensés.",
        "prop_new": "Les essais sont proportionnés au risque et aux moyens du développeur. Les petits développeurs [peuvent recourir] [recourent] à des installations d’essai partagées.",
        "new": "Les résultats d’essais effectués par un organisme reconnu dans un pays devraient être acceptés dans les autres **sans répéter l’essai**, sauf raison d’en douter.",
        "gone": "Les rapports d’évaluation sont conservés pendant cinq ans.",
        "list_old": "Avant l’utilisation d’un système, son fournisseur :\n\n- décrit l’usage prévu ;\n- l’essaie sur des données qui représentent les personnes concernées ;\n- publie un résumé.",
        "list_new": "Avant l’utilisation d’un système, son fournisseur :\n\n- décrit l’usage prévu et les usages exclus ;\n- l’essaie sur des données qui représentent les personnes concernées :\n  - dans chaque langue proposée ;\n  - pour chaque groupe susceptible d’être touché ;\n- publie un résumé.",
        "a": "l’exactitude du système, avec son intervalle ;", "b_old": "la robustesse du système ;", "b_new": "la robustesse du système face aux erreurs et aux attaques ;",
        "moved": "Un fournisseur qui ne peut pas procéder lui-même aux essais peut s’adresser à un centre d’essai.",
        "table_old": "| Risque | Essais | Répétés |\n| --- | --- | --- |\n| faible | essais propres | jamais |\n| élevé | essais indépendants | tous les 24 mois |",
        "table_new": "| Risque | Essais | Répétés |\n| --- | --- | --- |\n| faible | essais propres | jamais |\n| limité | essais propres, publiés | tous les 36 mois |\n| élevé | essais indépendants | tous les [12] [24] mois |",
        "table": "Essais par niveau de risque",
        "sup": "Each authority shall publish its methods at <https://example.org/methods> within fifteen days; the phrase \\[sic\\] stands in the source.[^2]",
        "note1": "Un système d’IA au sens de l’OCDE (2023).", "note2_old": "Calendar days.", "note2_new": "Working days of the authority.",
        "n1": "1.1", "n2": "1.2", "n3": "1.3", "n4": "2.1", "na": "a)", "nb": "b)", "nt": "Tableau 1", "n5": "3.1", "c1": "1", "c2": "2", "c3": "3",
    },
    "ar": {
        "title": "مبادئ توجيهية بشأن اختبار نظم الذكاء الاصطناعي وتقييمها",
        "draft": "التنقيح الأول", "status": "مفتوح للتعليق حتى 30 حزيران/يونيه 2026، الساعة 22:00 بالتوقيت العالمي",
        "s1": "الغرض والنطاق", "s2": "الاختبار قبل الاستخدام", "s3": "الإشراف",
        "scope": "تنطبق هذه المبادئ التوجيهية على كل نظام ذكاء اصطناعي *يُطرح في السوق* أو يوضع في الخدمة، أينما كان مقر مطوّره.[^1]",
        "prop_old": "يكون الاختبار متناسبا مع الخطر. ويُعفى صغار المطورين.",
        "prop_new": "يكون الاختبار متناسبا مع الخطر ومع إمكانات المطوّر. ويستخدم صغار المطورين [إن شاؤوا] [وجوبا] مرافق اختبار مشتركة.",
        "new": "ينبغي أن تُقبل نتائج الاختبار الذي تجريه هيئة معترف بها في بلد ما في البلدان الأخرى **دون إعادة الاختبار**، ما لم تكن هناك أسباب للشك فيها (انظر ISO/IEC 17025).",
        "gone": "تُحفظ تقارير التقييم مدة خمس سنوات.",
        "list_old": "قبل استخدام النظام، على مقدّمه أن:\n\n- يصف الاستخدام المقصود؛\n- يختبره على بيانات تمثّل الأشخاص المعنيين؛\n- ينشر ملخصا.",
        "list_new": "قبل استخدام النظام، على مقدّمه أن:\n\n- يصف الاستخدام المقصود والاستخدامات غير المقصودة؛\n- يختبره على بيانات تمثّل الأشخاص المعنيين:\n  - بكل لغة يُعرض بها؛\n  - لكل فئة يُرجّح أن تتأثر؛\n- ينشر ملخصا.",
        "a": "دقة النظام، مع فترة الثقة؛", "b_old": "متانة النظام؛", "b_new": "متانة النظام في مواجهة الأخطاء والهجمات؛",
        "moved": "لمقدّم لا يستطيع الاختبار بنفسه أن يطلب ذلك من مركز اختبار.",
        "table_old": "| الخطر | الاختبارات | التكرار |\n| --- | --- | --- |\n| منخفض | اختبارات ذاتية | لا تتكرر |\n| مرتفع | اختبارات مستقلة | كل 24 شهرا |",
        "table_new": "| الخطر | الاختبارات | التكرار |\n| --- | --- | --- |\n| منخفض | اختبارات ذاتية | لا تتكرر |\n| محدود | اختبارات ذاتية منشورة | كل 36 شهرا |\n| مرتفع | اختبارات مستقلة | كل [12] [24] شهرا |",
        "table": "الاختبارات بحسب مستوى الخطر",
        "sup": "Each authority shall publish its methods at <https://example.org/methods> within fifteen days; the phrase \\[sic\\] stands in the source.[^2]",
        "note1": "نظام ذكاء اصطناعي كما عرّفته منظمة التعاون والتنمية في الميدان الاقتصادي عام 2023.", "note2_old": "Calendar days.", "note2_new": "Working days of the authority.",
        "n1": "1-1", "n2": "1-2", "n3": "1-3", "n4": "2-1", "na": "(أ)", "nb": "(ب)", "nt": "الجدول 1", "n5": "3-1", "c1": "1", "c2": "2", "c3": "3",
    },
    "zh-Hans": {
        "title": "人工智能系统测试与评估指南",
        "draft": "第一次修订稿", "status": "征求意见至2026年6月30日22:00（协调世界时）",
        "s1": "目的和范围", "s2": "使用前的测试", "s3": "监督",
        "scope": "本指南适用于*投放市场*或投入使用的每一个人工智能系统，无论其开发者设在何处。[^1]",
        "prop_old": "测试应与风险相称。小型开发者免于测试。",
        "prop_new": "测试应与风险以及开发者的能力相称。小型开发者[可以][应当]使用共享的“测试设施”。",
        "new": "一国认可机构的测试结果，除有理由怀疑外，其他国家应予接受，**无须重复测试**。",
        "gone": "评估报告应保存五年。",
        "list_old": "系统使用前，其提供者应：\n\n- 说明预定用途；\n- 用能代表有关人群的数据进行测试；\n- 公布摘要。",
        "list_new": "系统使用前，其提供者应：\n\n- 说明预定用途和不适用的用途；\n- 用能代表有关人群的数据进行测试：\n  - 涵盖所提供的每一种语言；\n  - 涵盖可能受影响的每一个群体；\n- 公布摘要。",
        "a": "系统的准确性及其置信区间；", "b_old": "系统的稳健性；", "b_new": "系统对错误和攻击的稳健性；",
        "moved": "不能自行测试的提供者可以委托测试中心进行测试。",
        "table_old": "| 风险 | 测试 | 重复 |\n| --- | --- | --- |\n| 低 | 自行测试 | 不重复 |\n| 高 | 独立测试 | 每24个月 |",
        "table_new": "| 风险 | 测试 | 重复 |\n| --- | --- | --- |\n| 低 | 自行测试 | 不重复 |\n| 有限 | 自行测试并公布 | 每36个月 |\n| 高 | 独立测试 | 每[12][24]个月 |",
        "table": "按风险程度划分的测试",
        "sup": "Each authority shall publish its methods at <https://example.org/methods> within fifteen days; the phrase \\[sic\\] stands in the source.[^2]",
        "note1": "经济合作与发展组织2023年所定义的人工智能系统。", "note2_old": "Calendar days.", "note2_new": "Working days of the authority.",
        "n1": "第一条", "n2": "第二条", "n3": "第三条", "n4": "第四条", "na": "（一）", "nb": "（二）", "nt": "表1", "n5": "第五条", "c1": "第一章", "c2": "第二章", "c3": "第三章",
    },
}  # fmt: skip


def the_sample(language: str) -> Publication:
    """A revision with every kind of change; its last section is shown in English wherever another is read."""
    w = WORDS[language]
    state = None if language == "en" else TranslationState.DRAFT
    told = {"language": language, "translation": state}
    english = {"language": "en", "is_source_shown": language != "en"}
    clauses = (
        kept("s1", "", number=w["c1"], heading=w["s1"], kind=SECTION, **told),
        kept("c1", w["scope"], number=w["n1"], depth=2, **told),
        mended("c2", w["prop_old"], w["prop_new"], number=w["n2"], depth=2, **told),
        a_clause("c9", w["new"], number=w["n3"], depth=2, because="#401", **told),
        ended("c3", w["gone"], number=w["n3"], depth=2, **told),
        kept("s2", "", number=w["c2"], heading=w["s2"], kind=SECTION, **told),
        mended("c4", w["list_old"], w["list_new"], number=w["n4"], depth=2, **told),
        kept("c5", w["a"], number=w["na"], depth=3, **told),
        mended("c6", w["b_old"], w["b_new"], number=w["nb"], depth=3, is_outdated=language == "fr", **told),
        ended("c7", w["moved"], number="2.2", depth=2, **told),
        mended("t1", w["table_old"], w["table_new"], number=w["nt"], heading=w["table"], kind=TABLE, depth=2, **told),
        kept("s3", "", number=w["c3"], heading=w["s3"], kind=SECTION, **told),
        mended("c8", w["sup"].replace("fifteen", "thirty"), w["sup"], number=w["n5"], was="4.1", depth=2, **english),
        a_clause("c7", w["moved"], number="3.2", depth=2, because="#7 (moved from 2.2)",
                 **(told | {"translation": state and TranslationState.MACHINE})),
        kept("n1", w["note1"], number="1", kind=NOTE, **told),
        mended("n2", w["note2_old"], w["note2_new"], number="2", kind=NOTE, **english),
    )  # fmt: skip
    return a_publication(
        *clauses, language=language, title=w["title"], draft_label=w["draft"], status_line=w["status"]
    )
