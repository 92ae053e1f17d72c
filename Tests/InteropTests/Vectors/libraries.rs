//! Asks jsonwebtoken about each line of cases.tsv: see libraries.py.
use std::error::Error;
use std::fs;

use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{decode, decode_header, Algorithm, DecodingKey, Validation};

fn main() -> Result<(), Box<dyn Error>> {
    for line in fs::read_to_string("cases.tsv")?.lines() {
        let row: Vec<&str> = line.split('\t').collect();
        match check(row[1], row[2], row[3]) {
            Ok(()) => println!("{}\tyes\t", row[0]),
            Err(error) => println!("{}\tno\t{error}", row[0]),
        }
    }
    Ok(())
}

fn check(algorithm: &str, keys: &str, token: &str) -> Result<(), Box<dyn Error>> {
    let key = if keys == "pem" {
        DecodingKey::from_ed_pem(&fs::read("public-key.pem")?)?
    } else {
        let set: JwkSet = serde_json::from_str(&fs::read_to_string(format!("{keys}.json"))?)?;
        let kid = decode_header(token)?.kid.ok_or("no kid")?;
        DecodingKey::from_jwk(set.find(&kid).ok_or("no key")?)?
    };
    let validation = Validation::new(algorithm.parse::<Algorithm>()?);
    decode::<serde_json::Value>(token, &key, &validation)?;
    Ok(())
}
