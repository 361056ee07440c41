"""Words of five scripts from which the tests make their texts; no two of a language are alike."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    name: str
    between: str
    base: tuple[str, ...]
    fresh: tuple[str, ...]

    def text(self, words: list[str]) -> str:
        return self.between.join(words)


LANGUAGES = (
    Language(
        "English",
        " ",
        (
            *(
                "The provider shall report results of independent tests to an authority within thirty days".split()
            ),
            *("after release, and publish summaries that users can understand.".split()),
        ),
        ("promptly", "fifteen", "weeks", "deployers", "annually", "regional", "fully", "audited"),
    ),
    Language(
        "Arabic",
        " ",
        tuple(
            "يجب على المزود إبلاغ الجهة المختصة بنتائج الاختبارات المستقلة خلال ثلاثين يوماً من الإصدار ونشر ملخص واضح".split()
        ),
        ("فوراً", "أسبوعين", "سنوياً", "المستخدمين", "كاملة", "إقليمي"),
    ),
    Language(
        "Chinese",
        "",
        (
            "提供者",
            "应当",
            "向",
            "主管",
            "机关",
            "报告",
            "独立",
            "测试",
            "结果",
            "，",
            "并",
            "公布",
            "摘要",
            "说明",
            "风险",
            "。",
        ),
        ("三十", "立即", "用户", "每年", "完整", "地区"),
    ),
    Language(
        "Thai",
        "",
        (
            "ผู้ให้บริการ",
            "ต้อง",
            "รายงาน",
            "ผล",
            "การ",
            "ทดสอบ",
            "ต่อ",
            "หน่วยงาน",
            "ภายใน",
            "สามสิบ",
            "วัน",
            "และ",
            "เผยแพร่",
            "บทสรุป",
        ),
        ("ทันที", "ประชาชน", "ทุกปี", "อิสระ", "ครบถ้วน", "ภูมิภาค"),
    ),
    Language(
        "Hindi",
        " ",
        tuple(
            "प्रदाता को स्वतंत्र परीक्षण के परिणाम तीस दिनों में प्राधिकरण तक पहुँचाने होंगे तथा सारांश प्रकाशित करना होगा।".split()
        ),
        ("तुरंत", "पंद्रह", "वार्षिक", "उपयोगकर्ता", "पूर्ण", "क्षेत्रीय"),
    ),
)
