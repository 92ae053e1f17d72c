// Runs license.mjs over the cases in the current folder.
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const { decide } = await import(pathToFileURL('license.mjs'))
const read = (path) => readFileSync(path, 'utf8')
const rows = (path) => read(path).trimEnd().split('\n').map((line) => line.split('\t'))

const settings = { withdrawn: [] }
for (const [name, value] of rows('settings.tsv')) {
  if (name === 'withdrawn') settings.withdrawn.push(value)
  else settings[name] = Number(value)
}
for (const [name, keys, now, perpetual, path] of rows('cases.tsv')) {
  const license = await decide(read(path), read(keys), Number(now), {
    ...settings,
    perpetual: perpetual === '1',
  })
  console.log([name, license.state, license.id ?? '-'].join('\t'))
}
