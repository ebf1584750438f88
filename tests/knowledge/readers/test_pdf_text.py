"""Reading order, paragraphs, headings and pages of a PDF with text."""

from inquiry_service.knowledge.readers.pdf import read_pdf
from inquiry_service.knowledge.splitting import joined, split
from pdf_sheets import LEFT, Sheets

AIM = (
    "为规范政府信息公开工作，提高政府工作的透明度，根据《中华人民共和国政府信息公开条例》，"
    "结合本局实际，制定本办法。"
)
RULE = "各科室、单位应当按照谁制作谁公开、谁保存谁公开的原则，及时、准确地公开政府信息，不得拖延。"


def text_of(sheets: Sheets) -> str:
    return read_pdf(sheets.bytes(), "file.pdf").text


def test_lines_of_a_paragraph_are_joined_without_spaces() -> None:
    assert text_of(Sheets().paragraph(AIM).paragraph(RULE)) == f"{AIM}\n\n{RULE}"


def test_latin_words_at_a_line_end_keep_their_space_and_lose_their_hyphen() -> None:
    sheets = Sheets()
    for n, line in enumerate(
        (
            "The quick brown fox jumps over the lazy dog and then it goes to the",
            "next field where every rabbit and hare is playing in the aftern-",
            "oon sun.",
        )
    ):
        sheets.at(LEFT, 100 + 18 * n, line, 12, "Courier")
    assert text_of(sheets) == (
        "The quick brown fox jumps over the lazy dog and then it goes to the next field where "
        "every rabbit and hare is playing in the afternoon sun."
    )


def test_a_title_over_two_centred_lines_is_one_heading_and_is_told() -> None:
    sheets = Sheets().centred("关于印发政府信息公开", 22).centred("实施办法的通知", 22)
    extracted = read_pdf(sheets.paragraph(AIM).bytes(), "file.pdf")
    assert extracted.text == f"# 关于印发政府信息公开实施办法的通知\n\n{AIM}"
    assert extracted.told == {"title": "关于印发政府信息公开实施办法的通知"}


def test_a_title_whose_first_line_fills_the_page_is_one_heading() -> None:
    first = "某某县商务局关于印发政府信息公开工作年"
    sheets = Sheets().centred(first, 22).centred("度报告编制办法的通知", 22).paragraph(AIM)
    assert text_of(sheets) == f"# {first}度报告编制办法的通知\n\n{AIM}"


def test_a_letterhead_is_not_the_title_however_large_and_the_number_is_told() -> None:
    sheets = Sheets().centred("某某县商务局文件", 36).centred("某商务〔2024〕5号", 12)
    sheets.centred("关于做好粮食收购工作的通知", 20).paragraph(AIM).paragraph(RULE)
    extracted = read_pdf(sheets.bytes(), "file.pdf")
    assert extracted.told == {
        "title": "关于做好粮食收购工作的通知",
        "document_number": "某商务〔2024〕5号",
    }
    assert extracted.text.startswith(
        "某某县商务局文件\n\n某商务〔2024〕5号\n\n# 关于做好粮食收购工作的通知\n\n"
    )


def test_numbered_headings_stay_as_they_are_and_the_splitter_knows_them() -> None:
    sheets = Sheets().centred("信息公开办法", 22).paragraph("第一章 总则", size=16)
    sheets.paragraph(f"第一条 {AIM}").paragraph(f"第二条 {RULE}")
    extracted = read_pdf(sheets.bytes(), "file.pdf")
    assert "\n\n第一章 总则\n\n第一条 " in extracted.text
    passages = split("d", extracted.text, title=extracted.told["title"])
    assert [passage.path for passage in passages] == [
        ("第一章 总则", "第一条"),
        ("第一章 总则", "第二条"),
    ]


def test_larger_lines_without_a_number_are_headings() -> None:
    sheets = Sheets().centred("二〇二四年工作总结", 22).paragraph("主要工作", size=16, indent=0)
    sheets.paragraph(AIM).paragraph(AIM).paragraph("存在的问题", size=16, indent=0).paragraph(RULE)
    text = text_of(sheets)
    assert "\n\n## 主要工作\n\n" in text
    assert "\n\n## 存在的问题\n\n" in text


def test_a_bold_line_is_a_heading() -> None:
    sheets = Sheets().at(LEFT, 100, "Time limits", 12, "Helvetica-Bold")
    for n in range(3):
        sheets.at(LEFT, 120 + 18 * n, "The bureau answers within twenty working days, always.", 12)
    assert text_of(sheets).startswith("## Time limits\n\n")


def test_a_heading_below_numbered_ones_is_not_raised_above_them() -> None:
    sheets = Sheets().centred("信息公开办法", 22).paragraph("一、总体要求", size=16)
    sheets.paragraph("基本原则", size=14).paragraph(AIM).paragraph(RULE)
    assert "\n\n基本原则\n\n" in text_of(sheets)


def test_two_columns_are_read_one_after_the_other() -> None:
    sheets = Sheets().centred("两栏排版的简报", 20)
    left = [f"左栏第{n}行文字一二三四五六七八" for n in "一二三四五六"]
    right = [f"右栏第{n}行文字一二三四五六七八" for n in "一二三四五六"]
    for n in range(6):
        sheets.at(90, 200 + 20 * n, left[n]).at(320, 207 + 20 * n, right[n])
    assert text_of(sheets) == f"# 两栏排版的简报\n\n{''.join(left)}{''.join(right)}"


def test_a_line_across_both_columns_parts_them() -> None:
    sheets = Sheets()
    for part, top in (("上", 100), ("下", 260)):
        for n in range(5):
            sheets.at(90, top + 20 * n, f"{part}部左栏第{n}行文字一二三四五六七八")
            sheets.at(320, top + 20 * n, f"{part}部右栏第{n}行文字一二三四五六七八")
    sheets.at(
        90, 230, "这一行从左到右横跨两栏，把上面的两栏和下面的两栏隔开，读的时候不能混在一起。"
    )
    text = text_of(sheets)
    order = [
        text.index(word)
        for word in ("上部左栏第4", "上部右栏第0", "这一行", "下部左栏第0", "下部右栏第4")
    ]
    assert order == sorted(order)


def test_names_and_values_on_one_line_stay_on_one_line() -> None:
    sheets = Sheets().paragraph(AIM)
    sheets.at(LEFT, 300, "办理地点").at(320, 300, "办事大厅三楼")
    sheets.at(LEFT, 320, "办理时间").at(320, 320, "工作日上午")
    assert text_of(sheets).endswith("办理地点 办事大厅三楼\n\n办理时间 工作日上午")


def test_signature_and_date_are_lines_of_their_own() -> None:
    sheets = Sheets().paragraph(AIM).at(380, 250, "某某县商务局").at(380, 270, "2024年3月1日")
    assert text_of(sheets) == f"{AIM}\n\n某某县商务局\n\n2024年3月1日"


def test_each_page_begins_where_its_first_word_stands() -> None:
    sheets = Sheets().paragraph(AIM).next_sheet().next_sheet().paragraph(RULE).next_sheet()
    extracted = read_pdf(sheets.paragraph(AIM).bytes(), "file.pdf")
    second = extracted.text.index(RULE)
    assert extracted.page_starts == (0, second, second, extracted.text.rindex(AIM))


def test_a_paragraph_goes_on_over_the_page_and_the_page_begins_inside_it() -> None:
    columns = 34
    full = (RULE * 3)[: columns - 2] + (RULE * 3)[columns - 2 : 3 * columns - 2]
    sheets = Sheets().paragraph(full).next_sheet().paragraph("其余部分由办公室负责解释。", indent=0)
    extracted = read_pdf(sheets.bytes(), "file.pdf")
    assert extracted.text == f"{full}其余部分由办公室负责解释。"
    assert extracted.page_starts == (0, len(full))


def test_running_headers_and_page_numbers_are_dropped() -> None:
    sheets = Sheets()
    for n in range(1, 4):
        sheets.header_and_footer("某某县商务局信息公开汇编", f"第{n}页 共3页")
        sheets.paragraph(f"第{'一二三'[n - 1]}条 {AIM}")
        if n < 3:
            sheets.next_sheet()
    assert text_of(sheets) == "\n\n".join(f"第{n}条 {AIM}" for n in "一二三")


def test_page_numbers_of_every_style_are_dropped() -> None:
    for style in ("- {} -", "— {} —", "{}", "第 {} 页", "{}/2", "Page {} of 2", "·{}·"):
        sheets = Sheets().header_and_footer("", style.format(7)).paragraph(AIM).next_sheet()
        sheets.header_and_footer("", style.format(8)).paragraph(RULE)
        assert text_of(sheets) == f"{AIM}\n\n{RULE}", style


def test_a_number_at_the_foot_that_does_not_count_pages_is_kept() -> None:
    sheets = Sheets().paragraph(AIM).header_and_footer("", "2024").next_sheet()
    sheets.paragraph(RULE).header_and_footer("", "1998")
    assert text_of(sheets) == f"{AIM}\n\n2024\n\n{RULE}\n\n1998"


def test_a_slanted_watermark_is_left_out_and_told() -> None:
    extracted = read_pdf(Sheets().paragraph(AIM).slanted("内部资料请勿外传").bytes(), "file.pdf")
    assert extracted.text == AIM
    assert extracted.warnings == ("第 1 页有斜排或竖排的文字（多半是水印），没有读入",)


def test_a_page_turned_by_the_file_reads_the_same() -> None:
    assert text_of(Sheets().turned(90).at(100, 100, "横放的页面")) == "横放的页面"


def test_the_record_s_title_is_used_only_when_it_is_one() -> None:
    told = {}
    for title in ("关于开展专项检查的说明", "Microsoft Word - 文档1", "新建文档.docx", "untitled"):
        sheets = Sheets(title=title).paragraph(AIM)
        told[title] = read_pdf(sheets.bytes(), "file.pdf").told.get("title")
    assert told == {
        "关于开展专项检查的说明": "关于开展专项检查的说明",
        "Microsoft Word - 文档1": None,
        "新建文档.docx": None,
        "untitled": None,
    }


def test_nothing_is_lost_between_the_page_and_its_passages() -> None:
    sheets = Sheets().centred("信息公开办法", 22).paragraph(f"第一条 {AIM}")
    text = text_of(sheets.paragraph(f"第二条 {RULE}"))
    passages = split("d", text, title="信息公开办法")
    assert "".join(joined(passages).split()) == "".join(text.split())


def test_annexes_at_the_head_of_pages_are_kept() -> None:
    sheets = Sheets().at(LEFT, 60, "附件").paragraph(AIM).next_sheet()
    text = text_of(sheets.at(LEFT, 60, "附件").paragraph(RULE))
    assert text == f"附件\n\n{AIM}\n\n附件\n\n{RULE}"


def test_a_blank_sheet_before_the_title_does_not_hide_it() -> None:
    sheets = Sheets().next_sheet().centred("信息公开办法", 22).paragraph(AIM)
    assert read_pdf(sheets.bytes(), "file.pdf").told == {"title": "信息公开办法"}


def test_a_mark_that_takes_a_character_along_does_not_end_the_paragraph() -> None:
    sheets = Sheets().at(LEFT + 24, 100, "请认真贯彻落实本通知的各项要求，并且按照规定的时间认真执")
    sheets.at(LEFT, 120, "行，各单位应当在十月底以前完成全部工作，并将结果报送办公室备案。，")
    sheets.at(LEFT + 24, 140, "第二段。")
    assert "认真执行，各单位" in text_of(sheets)
