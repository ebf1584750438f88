"""Every sentence the service itself says in a conversation, for an editor to read in one place.

Facts in braces are filled in by the speaker. Articles are those of the 政府信息公开条例
(国务院令第711号).
"""

GREETING = (
    "您好，我是政务咨询助手，是一个程序，不是工作人员。您可以直接提问，我只引用已经公开的文件作答，"
    "并写明出处；查不到的，可以帮您申请信息公开。"
)
CAPABILITIES = (
    "我可以：\n"
    "· 查已公开的政策、解读、办事指南、目录和年度报告，引用原文并注明出处\n"
    "· 帮您填写政府信息公开申请（发“申请”）\n"
    "· 查询申请进度（发申请编号和查询码）\n"
    "· 告诉您怎样找到工作人员（发“人工”）"
)
THANKS = "不客气。还有问题可以继续问。"
GOODBYE = "再见，有需要随时再来。"
NOTHING_TO_CANCEL = "好的，当前没有正在填写的内容。您可以继续提问。"

TOO_LONG = "一条消息最多 {limit} 个字，请分几条发送。"
EMPTY = "请输入文字。"
NOT_LEGIBLE = "没看懂您的意思，请把问题打成文字再发给我。"
QUESTION_TOO_LONG = "问题请控制在 {limit} 字以内；如果这是您想申请公开的内容，可以直接写进申请表。"
IN_QUEUE = "您的消息已转给工作人员，请等待回复。"
CHOOSE_AGAIN = "只有 {available} 个选项，请回复 1 到 {available} 之间的数字。"
CHOOSE_AGAIN_OF_ONE = "只有一个选项，选它请回复 1，也可以直接输入您的问题。"
NO_CHOICES = "现在没有可以选择的选项。请直接把您的问题发给我。"

NEAREST = "您是不是想问："
FEEDBACK = "这个回答有帮助吗？"
FEEDBACK_YES = "有帮助"
FEEDBACK_NO = "没有帮助"
HELPED = "谢谢您的反馈。还有问题可以继续问。"
NOT_HELPED = (
    "抱歉没有帮到您，已记录。您可以换一种问法，或者提出政府信息公开申请，由工作人员书面答复。"
)
NO_ANSWER_TO_RATE = "还没有可以评价的回答。请直接把您的问题发给我。"

DIGEST_NOTE = "摘编，不是文件原文"
VALIDITY_NOTES = {
    "amended": "该文件已修改，请核对最新文本",
    "repealed": "该文件已废止，仅供查阅",
    "expired": "该文件已失效，仅供查阅",
}
PART = "{number}. {question}\n{message}"
NEWER = "同一事项更新的文件：《{title}》"
MORE_SOURCE = "相关文件：{title}"

FORM_LINK = "填写政府信息公开申请表"
FORM_LINK_PREFILLED = "填写政府信息公开申请表（已带上您的问题）"
FORM_LINK_PART = "填写政府信息公开申请表（已带上没有查到的问题）"
FORM_LINK_WITH_TEXT = "填写政府信息公开申请表（已带上您写的内容）"
FORM_LINK_KEPT = "打开申请表继续填"
FORM_INTERRUPTED = "刚才的填写中断了，已说过的内容都保留着，可以直接打开申请表继续填。"
FORM_GIVEN_UP = "好的，刚才的填写已取消。您可以继续提问。"
FORM_OFFER = (
    "您可以向本机关提出政府信息公开申请。姓名、证件和联系方式请只在申请表里填写，不要发在对话中。"
)

PERSON = (
    "想找工作人员，有两种办法：\n"
    "· 拨打 12345 政务服务便民热线，说明要咨询商务或粮食方面的事项\n"
    "· 提出政府信息公开申请：工作人员会书面答复，一般自收到申请之日起 20 个工作日内"
    "（《政府信息公开条例》第三十三条）"
)
COMPLAINT = (
    "您说的像是投诉、举报或信访事项，政府信息公开申请不处理这类诉求。合适的渠道是：\n"
    "· 拨打 12345 政务服务便民热线反映\n"
    "· 向信访部门提出（《信访工作条例》）\n"
    "如果您要的是某一份政府信息，仍然可以提出政府信息公开申请："
)

ASK_CODE = "请发送申请编号 {number} 的查询码（提交申请时得到的 8 位字母和数字）。"
ASK_NUMBER = "查询进度需要申请编号（如 YSQ-2026-00012）和查询码，请一起发给我。"
CODE_WITHOUT_NUMBER = "收到查询码，还缺申请编号（如 YSQ-2026-00012）。请把编号和查询码一起发给我。"
NOT_FOLLOWED = "没有找到对应的申请。请核对申请编号和查询码后再试。"
FOLLOW_STATE = "申请编号 {number}：{state}。"
FOLLOW_REPLY = "答复结果：{outcome}（{day}）。答复全文请在申请详情页查看。"
FOLLOW_LINK = "查看申请详情"
CODE_MASK = "［查询码］"
