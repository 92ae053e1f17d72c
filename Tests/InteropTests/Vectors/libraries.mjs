// Asks jose about each line of cases.tsv: see libraries.py.
import { readFileSync } from 'node:fs'
import { createLocalJWKSet, importSPKI, jwtVerify } from 'jose'

for (const line of readFileSync('cases.tsv', 'utf8').trimEnd().split('\n')) {
  const [name, algorithm, keys, token] = line.split('\t')
  try {
    const key =
      keys === 'pem'
        ? await importSPKI(readFileSync('public-key.pem', 'utf8'), algorithm)
        : createLocalJWKSet(JSON.parse(readFileSync(`${keys}.json`, 'utf8')))
    await jwtVerify(token, key, { algorithms: [algorithm] })
    console.log(`${name}\tyes\t`)
  } catch (error) {
    console.log(`${name}\tno\t${error.message}`)
  }
}
