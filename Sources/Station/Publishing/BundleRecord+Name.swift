import Bundles
import Ledger

extension BundleRecord {
    var name: BundleName { BundleName(customer: customer, run: run) }
}
