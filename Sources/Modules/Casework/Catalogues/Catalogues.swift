import Domain
import Foundation

/// All catalogues that a case's matter may come from.
public struct Catalogues: Sendable {
    /// The newest standard first.
    public let directories: [MatterCatalogue]
    public let demands: DemandCatalogue

    public init(directories: [MatterCatalogue], demands: DemandCatalogue) {
        self.directories = directories
        self.demands = demands
    }

    /// The catalogues that ship with the module.
    public static func shipped() throws(CatalogueError) -> Catalogues {
        let manifestFile = "catalogues.json"
        let manifest: Manifest
        do {
            manifest = try JSONDecoder().decode(Manifest.self, from: Data(try read(manifestFile)))
        } catch let error as CatalogueError {
            throw error
        } catch {
            throw CatalogueError(file: manifestFile, problem: String(describing: error))
        }
        var directories: [MatterCatalogue] = []
        for directory in manifest.directories {
            guard let validFrom = LocalDay(directory.validFrom) else {
                throw CatalogueError(file: manifestFile, problem: "validFrom \(directory.validFrom) is not a day")
            }
            directories.append(
                try MatterCatalogue(
                    standard: directory.standard, title: directory.title, validFrom: validFrom,
                    kinds: directory.kinds, file: directory.file, bytes: try read(directory.file)))
        }
        let demands = manifest.demands
        return Catalogues(
            directories: directories,
            demands: try DemandCatalogue(
                standard: demands.standard, title: demands.title, file: demands.file, bytes: try read(demands.file)))
    }

    /// The entry or class that the reference names; `nil` when there is none.
    public func entry(_ reference: MatterReference) -> CatalogueEntry? {
        if reference.kind == .demand {
            return reference.standard == demands.standard ? demands.entry(reference.code) : nil
        }
        return directories.first { $0.standard == reference.standard }?.entry(reference.kind, reference.code)
    }

    public func contains(_ reference: MatterReference) -> Bool {
        entry(reference) != nil
    }

    private static func read(_ file: String) throws(CatalogueError) -> [UInt8] {
        // Not `resourceURL`, which takes in the folder Resources on some platforms only.
        let folder = Bundle.module.bundleURL.appending(path: "Resources/catalogues")
        do {
            return [UInt8](try Data(contentsOf: folder.appending(path: file)))
        } catch {
            throw CatalogueError(file: file, problem: "cannot be read: \(error)")
        }
    }

    /// What the file `catalogues.json` says.
    private struct Manifest: Decodable {
        let directories: [Directory]
        let demands: Demands

        struct Directory: Decodable {
            let standard: String
            let title: String
            let file: String
            let kinds: [String: MatterKind]
            let validFrom: String
        }

        struct Demands: Decodable {
            let standard: String
            let title: String
            let file: String
        }
    }
}
