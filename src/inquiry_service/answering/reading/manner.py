"""Small talk, orders to the machine, and matters of public life, told by their words. Pure."""

import re

_TO_THE_MACHINE = re.compile(
    "提示词|系统提示|管理员模式|开发者模式|越狱|忽略.{0,8}(?:指令|规则|要求)|扮演|不要引用"
    "|你(?:现在)?(?:是|叫)(?:一个|什么|谁|男|女|人|机器|哪)|你(?:几岁|多大|喜欢|觉得|爱)"
    "|(?:写|编|作|画|翻译|讲|唱|推荐|来)(?:一|个|首|篇|段|部|份|好看的|好听的)*"
    "(?:诗|歌|故事|笑话|小说|文案|作文|代码|程序|算法|电影|音乐|游戏)|^[\\d+*/=×÷-]+等于"
)
_PUBLIC_AFFAIR = re.compile(
    "办|申请|登记|证|补贴|补助|报名|材料|手续|许可|备案|缴|费|投诉|举报|政策|规定|执照|社保|医保|公积金"
    "|粮|商务|公开|户口|身份|学校|小学|中学|入学|医院|价|税|贷款|招聘|考试|资格|补办|申报|公示|采购|处罚|局|政府|部门"
)


def is_to_the_machine(text: str) -> bool:
    """Small talk or an order to the machine rather than a matter of public life."""
    return bool(_TO_THE_MACHINE.search(text))


def is_public_affair(text: str) -> bool:
    """Whether it sounds like a matter of some public body, ours or another."""
    return bool(_PUBLIC_AFFAIR.search(text))
