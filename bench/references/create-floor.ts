/** The durable write of `create-server.ts` as a program. */
import { answer, argumentOf, serveQuestions } from '../lib/child-side.ts'
import { type CreateFloorOptions, openCreateFloor } from './create-server.ts'

const floor = await openCreateFloor(argumentOf<CreateFloorOptions>())
serveQuestions({})
answer(floor)
