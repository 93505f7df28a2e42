/** `funcs.ts`: each operation as a function of its own, under the names of the official client's. */
import type { Operation } from '@hatchery/contract'
import { docComment, generatedHeader } from './type-text.ts'

export interface OperationGroup {
  /** The name of its class. */
  readonly name: string
  /** The file of its class, without its end. */
  readonly file: string
  readonly operations: readonly Operation[]
}

/** Marked as pure, so that bundlers drop what nobody calls. */
export function funcsText(groups: readonly OperationGroup[]): string {
  const imports = groups.map(({ name, file }) => `import { ${name} } from './${file}.ts'\n`)
  const functions = groups.flatMap(({ name, operations }) =>
    operations.map((operation) => functionText(name, operation)),
  )
  return `${generatedHeader}/* oxlint-disable max-lines -- all operations of the API in one place */
import { standalone } from '../standalone.ts'
${imports.join('')}
${functions.join('\n')}`
}

function functionText(group: string, { id, summary }: Operation): string {
  const prefix = `${group.slice(0, 1).toLowerCase()}${group.slice(1)}`
  const method = `${id.slice(0, 1).toLowerCase()}${id.slice(1)}`
  return `${docComment([`${summary}.`])}export const ${prefix}${id} = /* @__PURE__ */ standalone(${group}, '${method}')\n`
}
