"""Pages of government sites: the article and what the page says of it, without the menus."""

import json

import pytest

from inquiry_service.knowledge.readers.extracted import Attached, Extracted, Unreadable
from inquiry_service.knowledge.readers.html_pages import read_html
from office_files import page

TAGS = (
    "<title>关于做好粮食收购备案的通知-桐乡市人民政府</title>"
    '<meta name="ArticleTitle" content="关于做好粮食收购备案的通知">'
    '<meta name="PubDate" content="2023-05-06 09:30">'
    '<meta name="ContentSource" content="桐乡市商务局">'
    '<meta name="ColumnName" content="政策文件">'
    '<meta name="Url" content="https://www.example.gov.cn/art/1.html">'
)
SHEET = (
    "<table class=xxgk><tr><td>索 引 号：</td><td>001/2023-01</td>"
    "<td>发布机构：</td><td>桐乡市商务局（粮食局）</td></tr>"
    "<tr><td>文&nbsp;&nbsp;号：</td><td>桐商〔2023〕12号</td>"
    "<td>成文日期：</td><td>2023年5月4日</td></tr>"
    "<tr><td>有效性：</td><td>有效</td></tr></table>"
)
SITE = (
    "<div class='header'><ul class='menu'><li><a href='/'>首页</a>"
    "<li><a href='/zw'>政务公开</a></ul></div>"
    "<div class='crumbs'>当前位置：首页 &gt; 政策文件</div>"
)
AFTER = "<div class='footer'>主办：某办公室 备案号</div><script>alert('x')</script>"
ARTICLE = (
    "<div id='zoom'><p>各镇人民政府：</p><p>　　为做好备案工作，现将有关\n事项通知如下。</p>"
    "<h2>一、备案对象</h2><p>从事收购的<b>企业</b>。</p>"
    "<div class='share'>分享到微信</div></div>"
)


def read(body: str, head: str = "", charset: str = "utf-8") -> Extracted:
    return read_html(page(body, head, charset), "page.html")


def text(body: str) -> str:
    return read(f"<div id=zoom>{body}</div>").text


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gbk"])
def test_only_the_article_is_left_under_its_title(charset: str) -> None:
    assert read(SITE + ARTICLE + AFTER, TAGS, charset).text == (
        "# 关于做好粮食收购备案的通知\n\n"
        "各镇人民政府：\n\n为做好备案工作，现将有关事项通知如下。\n\n"
        "## 一、备案对象\n\n从事收购的企业。"
    )


def test_the_publication_tags_are_told() -> None:
    assert read(ARTICLE, TAGS).told == {
        "published": "2023-05-06",
        "issuer": "桐乡市商务局",
        "source": "https://www.example.gov.cn/art/1.html",
    }


def test_the_sheet_above_a_disclosed_document_goes_before_the_tags() -> None:
    told = read(SHEET + ARTICLE, TAGS).told
    assert told["issuer"] == "桐乡市商务局（粮食局）"
    assert (told["document_number"], told["made"]) == ("桐商〔2023〕12号", "2023-05-04")
    assert (told["validity"], told["published"]) == ("in_force", "2023-05-06")


LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "某网", "publisher": "桐乡市人民政府"},
        {
            "@type": ["NewsArticle"],
            "headline": "关于做好粮食收购备案的通知",
            "datePublished": "2023-05-06T09:30:00+08:00",
            "author": [{"@type": "Person", "name": "管理员"}],
            "publisher": {"@type": "Organization", "name": "桐乡市商务局"},
        },
    ],
}
BAIDU = {"title": "关于做好粮食收购备案的通知_某网", "pubDate": "2023-05-06T09:30:00"}
SHOWN = "<div class=bt>关于做好粮食收购备案的通知</div>"


def linked(*told: object) -> str:
    written = (each if isinstance(each, str) else json.dumps(each) for each in told)
    return "".join(f'<script type="application/ld+json">{each}</script>' for each in written)


def test_json_ld_tells_what_no_tag_tells() -> None:
    page_of = read("<h1>某市人民政府网</h1>" + SHOWN + ARTICLE, linked(LINKED))
    assert page_of.told == {"published": "2023-05-06", "issuer": "桐乡市商务局"}
    assert page_of.text.startswith("# 关于做好粮食收购备案的通知\n\n各镇人民政府：")


def test_the_form_of_json_ld_that_search_engines_ask_for_is_read_too() -> None:
    page_of = read(SHOWN + ARTICLE + linked(BAIDU))
    assert page_of.told == {"published": "2023-05-06"}
    assert page_of.text.startswith("# 关于做好粮食收购备案的通知\n\n")


def test_tags_go_before_json_ld() -> None:
    other = {"@type": "Article", "headline": "别的标题", "datePublished": "2001-01-01"}
    page_of = read(ARTICLE, TAGS + linked(other))
    assert page_of.told["published"] == "2023-05-06"
    assert page_of.text.startswith("# 关于做好粮食收购备案的通知\n\n")


@pytest.mark.parametrize(
    "told",
    [
        '{"@type": "Article", "headline": ',
        "[" * 100_000,
        '["text", 1, null, {"@type": 3, "headline": ["x"]}]',
        {"@type": "Article", "headline": "模板标题", "publisher": {"name": {"x": 1}}},
        [{"@type": "Organization", "name": "桐乡市商务局", "datePublished": "2001-01-01"}] * 99,
    ],
)
def test_json_ld_that_is_broken_or_of_a_template_costs_nothing(told: object) -> None:
    page_of = read(f"<h1>备案通知</h1>{ARTICLE}{linked(told)}")
    assert page_of.told == {}
    assert page_of.text.startswith("# 备案通知\n\n各镇人民政府：")


def test_a_sheet_may_be_a_list_and_its_empty_fields_are_left_out() -> None:
    listed = (
        "<ul><li>索引号：001</li><li>发布机构：某市粮食局</li><li>文号：无</li>"
        "<li>发布日期：2020-01-02</li><li>失效日期：</li><li>时效性：已废止</li></ul>"
    )
    assert read(listed + ARTICLE).told == {
        "issuer": "某市粮食局",
        "published": "2020-01-02",
        "validity": "repealed",
    }


def test_a_source_that_is_no_body_is_not_the_issuer() -> None:
    head = (
        '<meta name="ContentSource" content="某某日报"><meta name="ColumnName" content="政策解读">'
    )
    assert read(ARTICLE, head).told == {"kind": "explanation"}


def test_attachments_are_listed_with_name_and_address() -> None:
    body = (
        "<div id=zoom><p>见附件。正文说明如何填写表格和提交材料，请认真阅读全文。</p>"
        "<p><a href='/files/form.docx'>备案表.docx</a> <a href='/about.html'>关于</a>"
        " <a href='list.XLS?id=3' title='目录.xls'></a></p></div>"
        "<a href='/outside.pdf'>别的文件</a>"
    )
    assert read(body).attachments == (
        Attached("备案表.docx", "/files/form.docx"),
        Attached("目录.xls", "list.XLS?id=3"),
    )


def test_without_a_known_container_the_densest_block_is_the_article() -> None:
    menu = "".join(f"<div><a href='/{n}'>栏目名称{n}</a></div>" for n in range(40))
    news = "".join(f"<p>第{n}段正文，说明粮食收购备案的办理要求和时限。</p>" for n in range(5))
    read_text = read(f"<div>{menu}</div><div class=x><div class=y>{news}</div></div>{menu}").text
    assert "栏目名称" not in read_text
    assert read_text.count("粮食收购备案") == 5


def test_comments_that_mark_the_article_are_believed() -> None:
    around = "<p>网站里的其他说明文字，与正文无关，长度也不短，足有三十个字以上。</p>" * 4
    begin, end = "<!--ZJEG_RSS.content.begin-->", "<!--ZJEG_RSS.content.end-->"
    article = (
        "<p>粮食收购备案的正文在这里，说明备案对象、备案材料和办理的时限要求。</p>"
        "<p>再一段正文，全文完。</p>"
    )
    assert read(f"<div>{around}{begin}{article}{end}{around}</div>").text.count("\n\n") == 1


@pytest.mark.parametrize(
    ("window", "title"),
    [
        ("关于备案的通知-某市人民政府", "关于备案的通知"),
        ("关于备案的通知_国务院部门文件_中国政府网", "关于备案的通知"),
        ("2023-2025年储备规划", "2023-2025年储备规划"),
        ("中国政府网", "中国政府网"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_the_title(window: str, title: str) -> None:
    assert read("<p>正文。</p>", f"<title>{window}</title>").text == f"# {title}\n\n正文。"


def test_a_simple_page_is_read_whole() -> None:
    assert (
        read("<h1>指南</h1><p>一段。</p><div><p>二段。</p></div>").text
        == "# 指南\n\n一段。\n\n二段。"
    )


def test_what_is_not_shown_is_not_read() -> None:
    hidden = (
        "<p style='display: none'>甲</p><p hidden>乙</p><p style='font-size:0'>丙</p>"
        "<span aria-hidden=true>丁</span><!-- 戊 --><noscript>己</noscript><style>p{}</style>"
    )
    assert text(f"{hidden}<p>正文。</p>") == "正文。"


def test_counters_and_font_buttons_are_not_read() -> None:
    line = "<p>发布日期：2023-05-06 浏览次数：12 字体：[大 中 小]</p>"
    assert text(f"{line}<p>正文。</p><p>【打印】【关闭】</p>") == "正文。"


def test_a_menu_inside_a_hidden_block_inside_a_menu_is_gone() -> None:
    nested = "<nav><div hidden><nav><p class=share style='display:none'>甲</p></nav></div></nav>"
    assert text(f"{nested * 3}<p>正文。</p>") == "正文。"


def test_the_sheet_names_the_title_where_no_tag_does() -> None:
    sheet = (
        "<table><tr><td>索引号：</td><td>1</td><td>标题：</td><td>备案办法</td></tr>"
        "<tr><td>文号：</td><td>某粮〔2020〕1号</td></tr></table>"
    )
    found = read(
        f"{sheet}<div id=zoom><p>从事收购的企业应当备案。</p></div>", "<title>公开</title>"
    )
    assert found.text == "# 备案办法\n\n从事收购的企业应当备案。"
    assert found.told == {"document_number": "某粮〔2020〕1号"}


def test_merged_cells_are_resolved_and_a_title_row_stands_above() -> None:
    table = (
        "<table><tr><td colspan=3>表一</td></tr>"
        "<tr><td rowspan=2>项目</td><td colspan=2>申请人|件</td></tr>"
        "<tr><td>自然人</td><td>法人</td></tr>"
        "<tr><td rowspan=2>新收</td><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>"
    )
    assert text(table) == (
        "表一\n\n| 项目 | 申请人\\|件 / 自然人 | 申请人\\|件 / 法人 |\n| --- | --- | --- |\n"
        "| 新收 | 1 | 2 |\n| 新收 | 3 | 4 |"
    )


def test_a_table_for_the_looks_is_read_as_paragraphs() -> None:
    inner = "<table><tr><td>甲</td><td>乙</td></tr><tr><td>1</td><td>2</td></tr></table>"
    assert text(f"<table><tr><td><p>一段。</p>{inner}</td></tr></table>") == (
        "一段。\n\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |"
    )


def test_lists_lines_and_entities() -> None:
    body = (
        "<ul><li>身份证<li>（二）自有编号</ul><p>电话：&lt;略&gt;<br>地址：某路1号</p>"
        "<pre>甲\n乙</pre>"
    )
    assert text(body) == "- 身份证\n\n（二）自有编号\n\n电话：<略>\n地址：某路1号\n\n甲\n乙"


def test_a_page_that_is_declared_wrongly_is_read_as_what_it_is() -> None:
    markup = (
        "<html><head><meta charset='utf-8'></head><body><p>粮食收购备案说明。</p></body></html>"
    )
    assert read_html(markup.encode("gb18030"), "a.html").text == "粮食收购备案说明。"
    wrong = markup.replace("utf-8", "gb2312")
    assert read_html(wrong.encode("utf-8"), "a.html").text == "粮食收购备案说明。"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_decides(encoding: str) -> None:
    assert read_html("<html><body>正文。</body></html>".encode(encoding), "a.html").text == "正文。"


def test_a_web_archive_is_read_through_its_page() -> None:
    archive = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
        b"Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + "<html><body><p>存档正文。</p></body></html>".encode("gb18030")
        + b"\r\n--x--\r\n"
    )
    assert read_html(archive, "a.mht").text == "存档正文。"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", "没有找到正文"),
        ("<script>render()</script>", "可能由脚本生成"),
        ("<div id=zoom><img src=a.jpg></div>", "网页正文是图片"),
        ("<div>" * 500 + "深", "嵌套过深"),
    ],
)
def test_a_page_that_cannot_be_used_says_why(body: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read(body)


def test_pictures_beside_little_text_are_told_of() -> None:
    [told] = read("<div id=zoom><p>见图。</p><img src=a.jpg></div>").warnings
    assert told == "网页里有 1 张图片，图片里的文字没有读入"
