/// <reference lib="webworker" />
/** Plans batches beside the page: ten thousand lengths, every strategy. */

import { answerPlan, type PlanRequest } from './planner_protocol.ts'

const scope = self as unknown as DedicatedWorkerGlobalScope

scope.onmessage = ({ data }: MessageEvent<{ id: number; request: PlanRequest }>) => {
  scope.postMessage({ id: data.id, reply: answerPlan(data.request) })
}
