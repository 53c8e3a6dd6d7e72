/** The course: every lesson of the page in the order in which it is taught. A lesson is a file in its lab's `lessons/` and a line here. */
export const COURSE: readonly { id: string; lab: string }[] = [{ id: 'what-is-special', lab: 'text' }]
