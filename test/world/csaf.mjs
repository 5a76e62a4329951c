// csaf.mjs FILE...: what the validator of CSAF 2.0 has to say, all its schemas,
// mandatory and optional tests; a line for each file with how many were made.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const from = createRequire(process.cwd() + '/')
const load = name => import(pathToFileURL(
  from.resolve('@secvisogram/csaf-validator-lib/' + name)))
const validate = (await load('validate.js')).default
const tests = []
for (const kind of ['schemaTests', 'mandatoryTests', 'optionalTests'])
  tests.push(...Object.values(await load(kind + '.js')))
for (const file of process.argv.slice(2)) {
  const { tests: made } = await validate(tests, JSON.parse(readFileSync(file, 'utf8')))
  for (const test of made)
    for (const kind of ['errors', 'warnings', 'infos'])
      for (const e of test[kind])
        console.log(`${file}: ${test.name}: ${e.instancePath}: ${e.message}`)
  console.log(`${file}: ${made.length} tests`)
}
