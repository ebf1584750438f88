"""Every sentence of the request dialogue that the service says itself.

What asks for a slot and how the bot greets is in `bot/domain`; the rest of the service's
sentences are in `conversation.wording`.
"""

OFFER = (
    "好，我帮您准备政府信息公开申请，只要几步。姓名、证件和联系方式请不要发在这里，"
    "最后会给您一个链接，在申请页上填写。随时可以说“取消”，也可以插进来提问。"
)
PREFILLED = "您刚才想要的信息我先记下了：{description}"
NEED_DESCRIPTION = "请用一句话说明想要什么信息，比如“2016年粮食补贴发放名单”。"
NEED_PERIOD = "请说明年份或时间段，比如“2016年”“2016年到2018年”；不限定就说“不限”。"
NEED_SUPPLY = "没看懂提供形式。请选择纸质或电子，也可以说光盘、现场查阅。"
NEED_RECEIVE = "没看懂领取方式。请选择网上获取、电子邮件、邮寄或当面领取。"
NEED_CONFIRMATION = "请回复“都对”；要修改就直接说，比如“时间改成2018年”；不申请了就说“取消”。"
WHAT_TO_CHANGE = "要改哪一项？请直接说，比如“内容改成……”“时间改成2018年”“改成邮寄”。"
CHANGED = "已改：{field}——{value}"
BACK_TO_FORM = "接着填写申请："
OR_WANTED = "如果您想申请的就是这份信息，请说“我要……”。"
FIELD_NAMES = {
    "wanted_description": "想要的信息",
    "wanted_period": "时间或文号",
    "supply_form": "提供形式",
    "receive_by": "领取方式",
}
READY = (
    "已按您说的准备好申请，还没有提交。请点开链接，填写姓名、证件和联系方式，核对后提交。"
    "链接有时限，请尽快打开。"
)
READY_LINK = "打开填好的申请表"
CANCELLED = "好的，这次申请已取消，刚才填写的内容没有保存。您可以继续提问。"
