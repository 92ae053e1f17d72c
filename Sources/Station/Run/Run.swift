import Ledger
package import Logging

/// One run: takes up what lies in the inbox, issues it, and finishes what an earlier one left.
///
/// The order of its steps keeps the promises: a drop is claimed before it is read, recorded before
/// anything leaves the station, and moved out of the way last. Everything after the record is
/// worked out from the ledger alone, so that it can be done again.
package enum Run {
    /// The steps are those of "The life of a request" in docs/requests.md, by their numbers.
    ///
    /// - Parameters:
    ///   - keys: opened only where there is something to sign.
    ///   - ledger: keeps the ledger open for the next run.
    ///   - waits: keeps for the next run what is known of drops that wait for signatures.
    ///   - acceptClock: go on although the clock lies before the ledger's newest entry.
    package static func perform(
        _ folder: StationFolder, keys: KeyRing, environment: SystemEnvironment, log: Logger,
        ledger: KeptLedger = KeptLedger(), waits: KeptWaits? = nil, acceptClock: Bool = false
    ) throws(StationFailure) -> RunReport {
        let configuration = try folder.readConfiguration()
        // 3. Takes the lock, and finishes what a run that was cut off has left.
        let lock = try StationLock.take(folder, environment)
        var station = try OpenStation(
            folder, configuration: configuration, with: lock, kept: ledger, environment)
        for exposure in try folder.refuseIfWritable() { log.warning("\(exposure)") }
        let approvals = try folder.readApprovalPolicy(configuration)
        let products = try folder.readProducts(configuration)
        station.presentation = try folder.readPresentation(configuration)
        let now = try environment.now()
        if let shortage = approvals?.shortage(products, at: now) { log.warning("\(shortage)") }
        let overruledTime = try station.checkClock(now, isAccepted: acceptClock)
        let kid = try station.prepareKeys()
        let folders = try station.openFolders()
        let context = RunContext(
            station: station, environment: environment, keys: keys, log: log, approvals: approvals,
            products: products, now: now, keptWaits: waits)
        let checkpoint = OutboxCheckpoint(of: station)
        try checkpoint.refuseIfLedgerIsOlder()
        try checkpoint.update()
        var finisher = RunFinisher(context)
        try finisher.finishEarlierRuns(in: folders.inbox)

        var recorder = RunRecorder(context, kid: kid)
        // Recorded even where nothing was dropped: from here on this clock is the right one.
        if let overruledTime { try recorder.begin(withClockBefore: overruledTime) }
        var intake = try DropIntake(from: folders.inbox, except: finisher.decided, context)
        // A key that cannot be opened must be known before anything is taken up.
        if !intake.isEmpty { _ = try keys.key(kid, in: KeyStore(station: folder)) }
        var batch = DropBatch()
        // 4. Claims each drop, in the order of names.
        while let claim = try intake.claimNext(in: folders.inbox) {
            // 5. Reads the drop, strictly, and holds it against every rule that needs no ledger.
            // Where people have to sign, counts who has.
            guard let drop = try intake.read(claim, in: folders.inbox) else { continue }
            // 6. Signs what the drops ask for; judges and records them in one transaction.
            if !batch.hasRoom(for: drop) { try recorder.record(&batch) }
            batch.add(drop)
        }
        try recorder.record(&batch, isLast: true)
        keys.keep([kid])

        if let run = recorder.run {
            // 7. Writes one tar for each customer of the run.
            let bundles = try finisher.publish(run)
            // 8. Writes the receipts, and moves the drops.
            try finisher.file(run, after: bundles, in: folders.inbox)
        }
        withExtendedLifetime(lock) {}
        withExtendedLifetime(folders) {}
        return finisher.report.adding(intake, recorder)
    }
}

extension RunReport {
    /// With what the intake has to say, and the number of the run, if there was anything to record.
    fileprivate func adding(_ intake: DropIntake, _ recorder: RunRecorder) -> RunReport {
        var report = self
        report.run = recorder.run?.number
        report.waiting += intake.waiting + recorder.changedDrops
        report.awaitingApproval = intake.awaitingApproval
        report.ioFailures += intake.ioFailures
        return report
    }
}
