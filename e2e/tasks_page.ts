/** The tasks lab's picture half as a person meets it. */

import type { Locator } from '@playwright/test'
import { LabPage } from './lab_page.ts'

export class TasksPage extends LabPage {
  readonly route = '#/tasks'

  /** What is said under a task's answer: whether it is right. */
  truth(task: string): Locator {
    return this.page.getByTestId(`answer-${task}`).getByTestId('truth')
  }

  async turn(quarters: number): Promise<void> {
    await this.rerun(() => this.page.getByTestId('turn').locator(`[data-value="${quarters}"]`).click())
  }

  async paint(colour: string): Promise<void> {
    await this.rerun(async () => {
      await this.page.getByTestId('rim').selectOption(colour)
    })
  }
}
