"""What the case file says about checking itself: no software of ours is needed. Pure."""

HOW_TO_CHECK = """怎样自己核验这份案卷

办理过程的每一步是一条记录，每条记录带着上一条记录的摘要（SHA-256），所以事后改动、
删去、调换任何一步，从那一步起就对不上。核验不需要本系统的软件。

一、一次核验全部（Linux、macOS，在解压后的目录里）
    sha256sum -c SHA256SUMS
  macOS 没有 sha256sum 时：
    shasum -a 256 -c SHA256SUMS
  每一行都应显示 OK（成功）。

二、逐个核验（Windows）
    certutil -hashfile chain\\0001.txt SHA256
  结果应与 SHA256SUMS 中同名一行的摘要相同。

三、看这些记录是不是一条链
  chain 目录里的文件就是计算摘要的原文：第一行是上一步的摘要（第一步是64个0），
  第二行是步数，其后是这一步的内容。每个文件的第一行应等于上一个文件的摘要，
  步数应从1起连续。events.jsonl 是同样的记录，每行一步，供程序读取。

四、看申请书、文书和附件是不是当时的
  application.json 的摘要应等于第一步内容里的 application_digest；
  application-corrected-*.json 的摘要应等于收到补正那一步的 application_digest；
  发出的文书的摘要应等于“LetterSent”那一步的 digest；
  附件的摘要应等于“FileAdded”那一步的 sha256。

五、核验的限度
  链的末尾若被整段截去，从案卷本身看不出来。index.html 上写着导出时最后一步的摘要，
  请与本机关另行保管的核验记录（inquiry-service disclosure verify --heads）比较。
  其他文字（texts.json）在链里只有编号，没有摘要。
"""
