import Domain
import Stopwatch
import Testing

@Suite("Redaction")
struct RedactionTests {
    @Test(
        "numbers of persons are masked",
        arguments: [
            ("我的身份证是33020319900307123X，请查", "我的身份证是****，请查", Redaction.Kind.citizenID),
            ("身份证330203199003071234电话", "身份证****电话", .citizenID),
            ("330203 19900307 1234", "****", .citizenID),
            ("330203-19900307-123x。", "****。", .citizenID),
            ("老证号330203900307123", "老证号****", .citizenID),
            ("３３０２０３１９９００３０７１２３Ｘ", "****", .citizenID),
            ("请打13812345678找我", "请打****找我", .phone),
            ("138 1234 5678", "****", .phone), ("138-1234-5678", "****", .phone), ("138.1234.5678", "****", .phone),
            ("+86 138 1234 5678", "+****", .phone), ("+8613812345678", "+****", .phone),
            ("0086-13812345678", "****", .phone),
            ("１３８１２３４５６７８", "****", .phone), ("一三八一二三四五六七八", "****", .phone), ("幺三八〇〇一三八〇〇〇", "****", .phone),
            ("138一二三四5678", "****", .phone), ("第一13812345678", "第一****", .phone),
            ("1 3 8 1 2 3 4 5 6 7 8", "****", .phone),
            ("0574-87654321转", "****转", .phone), ("057487654321", "****", .phone), ("(0574)8765-4321", "(****", .phone),
            ("010 6655 4433", "****", .phone), ("+86 574 8765 4321", "+****", .phone),
            ("联系电话：87654321", "联系电话：****", .phone), ("手机号是 8765-4321", "手机号是 ****", .phone),
            ("6222021001116245702", "****", .bankCard), ("6222 0210 0111 6245 702", "****", .bankCard),
            ("6222-0210-0111-6245", "****", .bankCard), ("卡号4392250012345678到账", "卡号****到账", .bankCard),
            ("车牌浙B12345堵门", "车牌****堵门", .plate), ("浙B·D12345", "****", .plate), ("沪AD12345", "****", .plate),
            ("苏e 8K6F2停在", "****停在", .plate), ("京A1234警", "****", .plate), ("浙Ｂ１２３４５", "****", .plate),
            ("邮箱zhang.san@example.com。", "邮箱****。", .email), ("发到a_b+c＠mail.example.cn吧", "发到****吧", .email),
            ("微信号：zhangsan_99，加我", "微信号：****，加我", .messenger), ("加微信wxid123456", "加微信****", .messenger),
            ("QQ：123456789", "QQ：****", .messenger), ("qq群 87654321", "qq群 ****", .messenger),
            ("扣扣10001号", "扣扣****号", .messenger),
            ("123456789012345678901234", "****", .longNumber),
        ])
    func masked(text: String, expected: String, kind: Redaction.Kind) {
        let redaction = Redaction(of: text)
        #expect(redaction.text == expected)
        #expect(redaction.kinds == [kind])
    }

    @Test(
        "dates, times, amounts, addresses and service numbers stay readable",
        arguments: [
            "2020年1月6日", "2020-01-06 12:09:38", "2020-01-06", "2018.12.26至2019.01.05", "20200106", "二〇二〇年十一月十八日",
            "欠薪12,345,678.90元", "共1380000元", "补贴3800.50元", "3幢2单元502室", "13-1-502", "西湖路138号15栋1301", "6-2-1101",
            "建房〔2020〕12号文", "第3302号", "拨打12345、110、12369", "客服400-812-3456", "4008123456", "95588", "G20高速", "S202省道",
            "A市A3区杜鹃路", "京A区", "微信群里说", "微信公众号", "QQ群", "2019 2020 2021 2022", "工期2019-2020", "电话2018-12-26打过",
            "108平方米每平12800元", "学号20180512", "一二三四五六七八九", "三十一", "共13户27人", "http://www.example.com/a", "a@b", "@我", "",
            "案卷QH26-1118-026", "查询码4821 0936 7754",
        ])
    func untouched(text: String) {
        let redaction = Redaction(of: text)
        #expect(redaction.text == text)
        #expect(redaction.kinds.isEmpty)
    }

    @Test("several in one text are each masked, and all kinds are told")
    func several() {
        let redaction = Redaction(of: "张三，13812345678、13987654321，身份证330203199003071234，车浙B12345，a@b.cn")
        #expect(redaction.text == "张三，****、****，身份证****，车****，****")
        #expect(redaction.kinds == [.phone, .citizenID, .plate, .email])
    }

    @Test("redacting a redacted text changes nothing")
    func idempotent() {
        let once = Redaction(of: "手机13812345678，QQ：123456789，卡6222 0210 0111 6245 702").text
        #expect(Redaction(of: once).text == once)
    }

    @Test("100,000 characters of the worst kinds take linear time")
    func linear() {
        for unit in ["1 ", "12-", "@", "a@", "浙B", "微信", "QQ", "电话", "1", "一", "a.", "13812345678 ", "1234 "] {
            let small = String(repeating: unit, count: 5000 / unit.count)
            let large = String(repeating: unit, count: 100_000 / unit.count)
            let quick = Stopwatch.measure { _ = Redaction(of: small) }
            let slow = Stopwatch.measure { _ = Redaction(of: large) }
            // Twenty times the text may take twenty times as long; quadratic time would take four hundred times.
            #expect(slow < quick * 80 + .milliseconds(200), "\(unit): \(quick), \(slow)")
        }
    }
}
