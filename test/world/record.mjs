// record.mjs cve|vex FILE...: what breaks the rules of a format, which are
// written down here out of its standard; a line for each file with how many
// records were looked at. Scores go to the schemas of FIRST that the validator
// of CSAF has.
//	cve	CVE JSON record format 5.1: the schema of the CVE program
//		(CVEProject/cve-schema), of what may be published by a CNA
//	vex	OpenVEX 0.2.0: the specification and the schema of openvex/spec
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const from = createRequire(process.cwd() + '/')
const Ajv = from('ajv/dist/2020').default
const ajv = new Ajv({ strict: false, allErrors: true })
from('ajv-formats').default(ajv)

const text = { type: 'string', minLength: 1 }
const string = (max, more = {}) => ({ ...text, maxLength: max, ...more })
const among = (...words) => ({ enum: words })
const list = (items, more = {}) =>
  ({ type: 'array', minItems: 1, uniqueItems: true, items, ...more })
const object = (need, properties, more = {}) =>
  ({ type: 'object', required: need, properties, additionalProperties: false, ...more })

const time = { type: 'string', format: 'date-time',
  pattern: '^[12][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z$' }
const uri = string(2048, { format: 'uri' })
const uuid = string(36, { pattern:
  '^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-4[0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}$' })
const short = { type: 'string', minLength: 2, maxLength: 32 }
const lang = { type: 'string', pattern: '^(ja|en)$' }
const status = among('affected', 'unaffected', 'unknown')
const prose = object(['lang', 'value'], { lang, value: string(4096) })

function cve (score) {
  const version = object(['version', 'status'], { version: string(1024), status })
  const product = object(['vendor', 'product'], {
    vendor: string(512), product: string(2048), defaultStatus: status,
    versions: list(version), cpes: list(string(2048, { pattern: '^cpe:(/|2\\.3:)[aho*-]' }))
  }, { anyOf: [{ required: ['versions'] }, { required: ['defaultStatus'] }] })
  const problem = object(['descriptions'], { descriptions: list(object(['lang', 'description'], {
    lang, description: string(4096), type: string(128),
    cweId: string(9, { minLength: 5, pattern: '^CWE-[1-9][0-9]*$' })
  })) })
  const metric = object([], { format: string(64), ...score }, {
    anyOf: Object.keys(score).map(key => ({ required: [key] })) })
  const cna = object(['providerMetadata', 'descriptions', 'affected', 'references'], {
    providerMetadata: object(['orgId'], { orgId: uuid, shortName: short, dateUpdated: time }),
    datePublic: time,
    title: string(256),
    descriptions: list(prose, { contains: { properties: { lang: { const: 'en' } } } }),
    affected: { type: 'array', minItems: 1, items: product },
    problemTypes: list(problem),
    metrics: list(metric),
    references: list(object(['url'], { url: uri, name: string(512) }), { maxItems: 512 })
  })
  return object(['dataType', 'dataVersion', 'cveMetadata', 'containers'], {
    dataType: among('CVE_RECORD'),
    dataVersion: among('5.1'),
    cveMetadata: object(['cveId', 'assignerOrgId', 'state'], {
      cveId: { type: 'string', pattern: '^CVE-[0-9]{4}-[0-9]{4,19}$' },
      assignerOrgId: uuid, assignerShortName: short, state: among('PUBLISHED') }),
    containers: object(['cna'], { cna })
  })
}

function vex () {
  const duty = (status, need) => ({
    if: { properties: { status: { const: status } } },
    then: { required: [need] }, else: { not: { required: [need] } } })
  const statement = object(['vulnerability', 'products', 'status'], {
    vulnerability: object(['name'], { '@id': uri, name: text }),
    products: list(object(['@id'], { '@id': uri,
      identifiers: object(['purl'], { purl: { type: 'string', pattern: '^pkg:' } }) })),
    status: among('not_affected', 'affected', 'fixed', 'under_investigation'),
    supplier: text, status_notes: text, timestamp: time,
    impact_statement: text, action_statement: text
  }, { allOf: [duty('not_affected', 'impact_statement'), duty('affected', 'action_statement')] })
  return object(['@context', '@id', 'author', 'timestamp', 'version', 'statements'], {
    '@context': { const: 'https://openvex.dev/ns/v0.2.0' },
    '@id': uri, author: text, role: text,
    timestamp: time, last_updated: time,
    version: { type: 'integer', minimum: 1 },
    statements: list(statement)
  })
}

async function first () {
  const at = { cvssV2_0: 'schemas/cvss-v2.0.js', cvssV3_0: 'schemas/cvss-v3.0.js',
    cvssV3_1: 'schemas/cvss-v3.1.js', cvssV4_0: 'csaf_2_1/csafAjv/cvss-v4.0.js' }
  const score = {}
  for (const [key, file] of Object.entries(at)) {
    const { default: schema } = await import(pathToFileURL(
      process.cwd() + '/node_modules/@secvisogram/csaf-validator-lib/' + file))
    ajv.addSchema(schema, key)
    score[key] = { $ref: schema.$id, unevaluatedProperties: false }
  }
  return score
}

const [kind, ...files] = process.argv.slice(2)
const right = ajv.compile(kind === 'cve' ? cve(await first()) : vex())
for (const file of files) {
  const octets = readFileSync(file, 'utf8')
  const all = kind === 'cve' ? octets.trimEnd().split('\n') : [octets]
  for (const one of all)
    if (!right(JSON.parse(one)))
      for (const e of right.errors)
        console.log(`${file}: ${e.instancePath}: ${e.message}`)
  console.log(`${file}: ${all.length} records`)
}
