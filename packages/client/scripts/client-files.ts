/** All generated files of the client, as text: types, date fields, and a file of methods per tag. */
import { type Operation, openApiDocument, operations } from '@hatchery/contract'
import { dateFieldsText } from './date-fields-text.ts'
import { formatted } from './formatted.ts'
import { type OperationGroup, funcsText } from './funcs-text.ts'
import { groupText } from './group-text.ts'
import { generatedHeader } from './type-text.ts'
import { typesText } from './types-text.ts'

/** Formatted texts by file name. Signed operations are left out: their URLs come whole from the server. */
export async function clientFiles(): Promise<Map<string, string>> {
  const document = openApiDocument({ version: '' })
  const called = Object.values<Operation>(operations).filter(({ access }) => access !== 'signed')
  const groups = Map.groupBy(called, ({ tag }) => tag)
  const texts = new Map([
    ['types.ts', typesText(document, called)],
    ['date-fields.ts', dateFieldsText(document)],
    ['groups.ts', groupsText([...groups.keys()])],
    ['funcs.ts', funcsText([...groups].map(([tag, list]) => operationGroup(tag, list)))],
  ])
  for (const [tag, group] of groups) {
    texts.set(`${kebabCase(groupName(tag))}.ts`, groupText(groupName(tag), group, document))
  }
  const files = [...texts].map(async ([name, text]) => [name, await formatted(name, text)] as const)
  return new Map(await Promise.all(files))
}

/** The class of a tag. Our own tag has no version in its name, and the client itself has that name. */
const groupName = (tag: string): string => (/V\d+$/.test(tag) ? tag : `${tag}V1`)

const operationGroup = (tag: string, list: readonly Operation[]): OperationGroup => ({
  ...{ name: groupName(tag), file: kebabCase(groupName(tag)), operations: list },
})

const groupsText = (tags: readonly string[]): string =>
  generatedHeader +
  tags
    .map((tag) => groupName(tag))
    .map((name) => `export { ${name} } from './${kebabCase(name)}.ts'\n`)
    .join('')

const kebabCase = (name: string): string =>
  name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()
