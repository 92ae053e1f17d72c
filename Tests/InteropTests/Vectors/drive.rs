//! Prints what license.rs of docs/verify/rust.md decides on each line of cases.tsv. It is built as
//! src/bin/drive.rs of that page's package.

#[allow(dead_code)] // The program's own main, and what only that uses.
#[path = "../../license.rs"]
mod license;

use std::error::Error;
use std::fs;

use license::{decide, Settings, State};

fn main() -> Result<(), Box<dyn Error>> {
    let mut settings = Settings {
        withdrawn: Vec::new(),
        ..Settings::default()
    };
    for line in fs::read_to_string("settings.tsv")?.lines() {
        match line.split_once('\t').ok_or("settings.tsv")? {
            ("released", value) => settings.released = value.parse()?,
            ("leeway", value) => settings.leeway = value.parse()?,
            (_, value) => settings.withdrawn.push(value.to_string()),
        }
    }
    for line in fs::read_to_string("cases.tsv")?.lines() {
        let row: Vec<&str> = line.split('\t').collect();
        settings.perpetual = row[3] == "1";
        let keys = fs::read_to_string(row[1])?;
        let license = decide(&fs::read(row[4])?, &keys, row[2].parse()?, &settings)?;
        let id = if license.state == State::Invalid {
            "-"
        } else {
            &license.id
        };
        println!("{}\t{}\t{id}", row[0], license.state);
    }
    Ok(())
}
