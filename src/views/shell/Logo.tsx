/** The mark: two brackets are the walls of a room, and its door, in the red pen of [CLS], stands ajar. */
export function Logo() {
  return (
    <span className="logo">
      <svg viewBox="0 0 40 32" width="40" height="32" aria-hidden="true">
        <path className="logo-wall" d="M9 3H3v26h6M31 3h6v26h-6" />
        <path className="logo-frame" d="M13.5 29V6.5h13V29" />
        <path className="logo-door" d="M14.5 7.5 23 10v21l-8.5-2z" />
        <circle className="logo-knob" cx="20.7" cy="20.5" r="1.3" />
      </svg>
      <span className="logo-word">
        <b>{'CLS'}</b>
        {'room'}
      </span>
    </span>
  )
}
