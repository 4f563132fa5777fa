import CLibpq
import Domain
import Storage

extension Connection {
    /// The rows of a result in binary form.
    static func rows(_ result: OpaquePointer) throws(StorageError) -> [Row] {
        let count = PQnfields(result)
        let columns = Columns((0..<count).map { String(cString: PQfname(result, $0)) })
        let types = (0..<count).map { PQftype(result, $0) }
        var rows: [Row] = []
        rows.reserveCapacity(Int(PQntuples(result)))
        for row in 0..<PQntuples(result) {
            var values: [SQLValue] = []
            values.reserveCapacity(types.count)
            for (index, type) in types.enumerated() {
                let column = CInt(index)
                if PQgetisnull(result, row, column) == 1 {
                    values.append(.null(.text))
                } else {
                    let bytes = UnsafeRawBufferPointer(
                        start: PQgetvalue(result, row, column), count: Int(PQgetlength(result, row, column)))
                    values.append(try value(bytes, type: type))
                }
            }
            rows.append(Row(columns: columns, values: values))
        }
        return rows
    }

    /// The number of rows changed, from the command tag: `UPDATE 3`.
    static func changes(_ result: OpaquePointer) -> Int {
        Int(String(cString: PQcmdTuples(result))) ?? 0
    }

    private static func value(_ bytes: UnsafeRawBufferPointer, type: Oid) throws(StorageError) -> SQLValue {
        switch type {
        case TypeOID.uuid where bytes.count == 16:
            return .id(
                UUIDValue(high: bytes.number(at: 0, as: UInt64.self), low: bytes.number(at: 8, as: UInt64.self)))
        case TypeOID.int8 where bytes.count == 8: return .int(bytes.number(at: 0, as: Int64.self))
        case 23 where bytes.count == 4: return .int(Int64(bytes.number(at: 0, as: Int32.self)))  // int4
        case 21 where bytes.count == 2: return .int(Int64(bytes.number(at: 0, as: Int16.self)))  // int2
        case 26 where bytes.count == 4: return .int(Int64(bytes.number(at: 0, as: UInt32.self)))  // oid
        case TypeOID.text, 1043, 19, 1042: return .text(String(decoding: bytes, as: UTF8.self))  // varchar, name, char
        case TypeOID.bytea: return .bytes(Array(bytes))
        case TypeOID.bool where bytes.count == 1: return .bool(bytes[0] != 0)
        case TypeOID.float8 where bytes.count == 8:
            return .real(Double(bitPattern: bytes.number(at: 0, as: UInt64.self)))
        case 700 where bytes.count == 4: return .real(Double(Float(bitPattern: bytes.number(at: 0, as: UInt32.self))))
        case 1700 where bytes.count >= 8: return numeric(bytes)
        case 2278: return .null(.text)  // void
        default: throw StorageError(.decoding, "PostgreSQL sent a value of type \(type); cast it in the statement")
        }
    }

    /// What SUM and AVG make of bigint: digits in base 10000, the first of weight `weight` (PostgreSQL, `numeric_send`).
    private static func numeric(_ bytes: UnsafeRawBufferPointer) -> SQLValue {
        let count = Int(bytes.number(at: 0, as: Int16.self))
        let weight = Int(bytes.number(at: 2, as: Int16.self))
        let sign = bytes.number(at: 4, as: UInt16.self)
        let scale = bytes.number(at: 6, as: UInt16.self)
        guard sign == 0 || sign == 0x4000, bytes.count >= 8 + count * 2 else { return .real(.nan) }
        let digits = (0..<count).map { Int64(bytes.number(at: 8 + $0 * 2, as: Int16.self)) }
        if scale == 0, weight < 4 || (count == 0) {
            var whole: Int64 = 0
            for place in 0..<max(0, weight + 1) { whole = whole * 10_000 + (place < count ? digits[place] : 0) }
            return .int(sign == 0 ? whole : -whole)
        }
        var number = 0.0
        var unit = 1.0
        if weight >= 0 { for _ in 0..<weight { unit *= 10_000 } } else { for _ in weight..<0 { unit /= 10_000 } }
        for digit in digits {
            number += Double(digit) * unit
            unit /= 10_000
        }
        return .real(sign == 0 ? number : -number)
    }
}

extension UnsafeRawBufferPointer {
    /// A number in network order.
    fileprivate func number<Number: FixedWidthInteger>(at offset: Int, as _: Number.Type) -> Number {
        Number(bigEndian: loadUnaligned(fromByteOffset: offset, as: Number.self))
    }
}
