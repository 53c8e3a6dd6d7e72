/** The first sentence of the Universal Declaration of Human Rights (United Nations, free to use), by ISO 639 language and script. */

export interface Sentence {
  /** BCP 47: language and script. */
  tag: string
  text: string
}

export const SAME_SENTENCE: readonly Sentence[] = [
  { tag: 'en-Latn', text: 'All human beings are born free and equal in dignity and rights.' },
  { tag: 'ru-Cyrl', text: 'Все люди рождаются свободными и равными в своем достоинстве и правах.' },
  {
    tag: 'el-Grek',
    text: 'Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.',
  },
  { tag: 'ka-Geor', text: 'ყველა ადამიანი იბადება თავისუფალი და თანასწორი თავისი ღირსებითა და უფლებებით.' },
  { tag: 'ar-Arab', text: 'يولد جميع الناس أحرارًا متساوين في الكرامة والحقوق.' },
  { tag: 'he-Hebr', text: 'כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם.' },
  {
    tag: 'hi-Deva',
    text: 'सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है।',
  },
  { tag: 'th-Thai', text: 'มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ' },
  { tag: 'zh-Hans', text: '人人生而自由，在尊严和权利上一律平等。' },
  { tag: 'ja-Jpan', text: 'すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。' },
  { tag: 'ko-Kore', text: '모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.' },
  { tag: 'es-Latn', text: 'Todos los seres humanos nacen libres e iguales en dignidad y derechos.' },
]
