import Domain
import Testing

@Suite("Masked values")
struct MaskedTests {
    @Test("neither printing nor dumping nor interpolation shows the value")
    func neverInClear() {
        let phone = Masked.phone("13812345678")
        var dumped = ""
        dump(phone, to: &dumped)
        dump([phone], to: &dumped)
        for text in ["\(phone)", String(describing: phone), String(reflecting: phone), "\([phone])", dumped] {
            #expect(!text.contains("1234"), "\(text)")
            #expect(text.contains("138****5678"))
        }
        #expect(phone.disclosed() == "13812345678")
    }

    @Test("phones keep three digits in front and four behind, short ones the last two")
    func phones() {
        #expect(Masked.phone("13812345678").mask == "138****5678")
        #expect(Masked.phone("057487654321").mask == "057*****4321")
        #expect(Masked.phone("87654321").mask == "****4321")
        #expect(Masked.phone("12345").mask == "****45")
    }

    @Test("names keep the first character, and the last of three or more")
    func names() {
        #expect(Masked.name("张").mask == "*")
        #expect(Masked.name("张三").mask == "张*")
        #expect(Masked.name("张小三").mask == "张*三")
        #expect(Masked.name("欧阳小三").mask == "欧**三")
    }
}
