/** A method of a group as a function that answers its error in place of throwing it. */
import type { HathoraCloudCore } from './core.ts'
import { HatcheryClientError } from './errors.ts'
import { ERR, OK, type Result } from './result.ts'
import type { Sender } from './sender.ts'

/** The arguments of the method, behind the client. */
export type Standalone<Method> = Method extends (...args: infer Args) => Promise<infer Value>
  ? (client: HathoraCloudCore, ...args: Args) => Promise<Result<Value, HatcheryClientError>>
  : never

type Group<Name extends string> = Record<Name, (...args: never[]) => Promise<unknown>>

/** Whatever a call can fail with is answered; what is thrown all the same is a bug of ours. */
export function standalone<Name extends string, Methods extends Group<Name>>(
  Methods: new (sender: Sender) => Methods,
  name: Name,
): Standalone<Methods[Name]> {
  const call = async (client: HathoraCloudCore, ...args: never[]) => {
    try {
      return OK(await new Methods(client.sender)[name](...args))
    } catch (error) {
      if (error instanceof HatcheryClientError) return ERR(error)
      throw error
    }
  }
  // The compiler cannot see through the condition of the type, which only puts the client in front.
  return call as Standalone<Methods[Name]>
}
