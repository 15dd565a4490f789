/** The short names people and bots use most; a name that is not here stays text. */

const TABLE = `
  white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌
  negative_squared_cross_mark ❎ heavy_multiplication_x ✖️ warning ⚠️ no_entry ⛔
  no_entry_sign 🚫 octagonal_sign 🛑 stop_sign 🛑 exclamation ❗ grey_exclamation ❕ question ❓
  grey_question ❔ bangbang ‼️ interrobang ⁉️ information_source ℹ️ 100 💯 zap ⚡ fire 🔥 boom 💥
  sparkles ✨ star ⭐ star2 🌟 tada 🎉 confetti_ball 🎊 rocket 🚀 rotating_light 🚨 ambulance 🚑
  fire_engine 🚒 police_car 🚓 red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡
  large_green_circle 🟢 large_blue_circle 🔵 large_purple_circle 🟣 large_brown_circle 🟤
  white_circle ⚪ black_circle ⚫ large_red_square 🟥 large_orange_square 🟧
  large_yellow_square 🟨 large_green_square 🟩 large_blue_square 🟦 white_large_square ⬜
  black_large_square ⬛ small_blue_diamond 🔹 small_orange_diamond 🔸 small_red_triangle 🔺
  small_red_triangle_down 🔻 diamond_shape_with_a_dot_inside 💠 heart ❤️ orange_heart 🧡
  yellow_heart 💛 green_heart 💚 blue_heart 💙 purple_heart 💜 broken_heart 💔 +1 👍 thumbsup 👍
  -1 👎 thumbsdown 👎 ok_hand 👌 clap 👏 raised_hands 🙌 pray 🙏 wave 👋 raised_hand ✋ hand ✋
  point_up ☝️ point_up_2 👆 point_down 👇 point_left 👈 point_right 👉 muscle 💪 handshake 🤝
  eyes 👀 brain 🧠 speech_balloon 💬 thought_balloon 💭 left_speech_bubble 🗨️ smile 😄 smiley 😃
  grinning 😀 grin 😁 joy 😂 rofl 🤣 slightly_smiling_face 🙂 wink 😉 blush 😊 heart_eyes 😍
  sunglasses 😎 thinking_face 🤔 neutral_face 😐 expressionless 😑 confused 😕 disappointed 😞
  worried 😟 cry 😢 sob 😭 angry 😠 rage 😡 sweat_smile 😅 sweat 😓 scream 😱 open_mouth 😮 flushed 😳
  sleeping 😴 mask 😷 face_with_rolling_eyes 🙄 upside_down_face 🙃 hugging_face 🤗
  shushing_face 🤫 zipper_mouth_face 🤐 skull 💀 robot_face 🤖 ghost 👻 facepalm 🤦 shrug 🤷
  bust_in_silhouette 👤 busts_in_silhouette 👥 baby 👶 cop 👮 superhero 🦸 clock1 🕐 clock3 🕒
  clock6 🕕 clock9 🕘 clock12 🕛 alarm_clock ⏰ stopwatch ⏱️ timer_clock ⏲️ hourglass ⌛
  hourglass_flowing_sand ⏳ watch ⌚ calendar 📆 date 📅 spiral_calendar_pad 🗓️ bell 🔔 no_bell 🔕
  loudspeaker 📢 mega 📣 speaker 🔈 mute 🔇 telephone_receiver 📞 phone ☎️ iphone 📱 computer 💻
  desktop_computer 🖥️ email ✉️ envelope ✉️ incoming_envelope 📨 envelope_with_arrow 📩
  inbox_tray 📥 outbox_tray 📤 mailbox 📫 package 📦 memo 📝 pencil 📝 pencil2 ✏️ clipboard 📋
  page_facing_up 📄 newspaper 📰 bookmark 🔖 books 📚 book 📖 label 🏷️ pushpin 📌 round_pushpin 📍
  paperclip 📎 link 🔗 lock 🔒 unlock 🔓 key 🔑 shield 🛡️ mag 🔍 mag_right 🔎 bulb 💡 wrench 🔧
  hammer 🔨 hammer_and_wrench 🛠️ gear ⚙️ toolbox 🧰 wastebasket 🗑️ broom 🧹 bar_chart 📊
  chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 moneybag 💰 dollar 💵 euro 💶
  credit_card 💳 gift 🎁 trophy 🏆 medal 🏅 first_place_medal 🥇 dart 🎯 ticket 🎫 art 🎨 camera 📷
  movie_camera 🎥 video_camera 📹 microphone 🎤 headphones 🎧 musical_note 🎵 airplane ✈️
  airplane_departure 🛫 airplane_arriving 🛬 train 🚆 bus 🚌 car 🚗 ship 🚢 bike 🚲 house 🏠
  office 🏢 hospital 🏥 department_store 🏬 factory 🏭 earth_africa 🌍 earth_americas 🌎
  globe_with_meridians 🌐 world_map 🗺️ volcano 🌋 ocean 🌊 sunny ☀️ cloud ☁️ rain_cloud 🌧️
  snowflake ❄️ umbrella ☔ rainbow 🌈 crescent_moon 🌙 seedling 🌱 four_leaf_clover 🍀 dog 🐶
  cat 🐱 bug 🐛 bird 🐦 penguin 🐧 elephant 🐘 coffee ☕ tea 🍵 beer 🍺 pizza 🍕 cake 🍰 birthday 🎂
  apple 🍎 arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ arrow_upper_right ↗️
  arrow_lower_right ↘️ leftwards_arrow_with_hook ↩️ arrow_right_hook ↪️
  arrows_counterclockwise 🔄 repeat 🔁 back 🔙 arrow_forward ▶️ double_vertical_bar ⏸️
  black_square_for_stop ⏹️ fast_forward ⏩ heavy_plus_sign ➕ heavy_minus_sign ➖ one 1️⃣
  two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ six 6️⃣ seven 7️⃣ eight 8️⃣ nine 9️⃣ keycap_ten 🔟
  zero 0️⃣ hash #️⃣ new 🆕 sos 🆘 up 🆙 ok 🆗 free 🆓 checkered_flag 🏁 white_flag 🏳️
  triangular_flag_on_post 🚩 flag-nl 🇳🇱 flag-de 🇩🇪 flag-gb 🇬🇧 flag-us 🇺🇸 flag-fr 🇫🇷
  flag-es 🇪🇸 skin-tone-2 🏻 skin-tone-3 🏼 skin-tone-4 🏽 skin-tone-5 🏾 skin-tone-6 🏿
`;

const words = TABLE.trim().split(/\s+/);
const EMOJI = new Map(words.flatMap((word, at) => (at % 2 ? [] : [[word, words[at + 1]]])));

export const EMOJI_PATTERN = ":[a-z0-9_+'-]+:";

/** The sign for `name` (without colons), or nothing. */
export const emoji = (name) => EMOJI.get(name);

/** The `[name, sign]` pairs whose names begin with `start`. */
export const emojiNames = (start) => [...EMOJI].filter(([name]) => name.startsWith(start));

/** Text with each known `:name:` replaced by its sign. */
export function withEmoji(text) {
  return text.replace(new RegExp(EMOJI_PATTERN, "g"), (word) => emoji(word.slice(1, -1)) ?? word);
}
