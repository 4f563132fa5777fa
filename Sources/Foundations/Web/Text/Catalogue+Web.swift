public import Foundation

extension Catalogue {
    /// The folder with the frame's own texts; the first of the folders that a deployment loads.
    public static let webFolder = Bundle.module.bundleURL.appending(path: "Resources/i18n")
}
