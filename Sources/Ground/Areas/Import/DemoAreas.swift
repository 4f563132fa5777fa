import Foundation

/// The fictional street 清河街道 that the demonstration and the tests live in.
public enum DemoAreas {
    /// Its file, in the form that `ImportAreas` takes.
    public static func file() throws -> String {
        try String(contentsOf: AreasModule.resources.appending(path: "demo/qinghe.csv"), encoding: .utf8)
    }
}
