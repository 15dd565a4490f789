"""How people say thanks, by language: phrases that are thanks, and phrases that stand beside them.

A message is thanks only where it is made of these and nothing else, so a phrase is listed only
where it could not be an answer, a wish or a complaint: no "yes", "please", "ok", "help", "now"; of
a word that means something else in another language ("tak" is Danish thanks and Polish yes) only
the longer phrase. A phrase that is missing costs a glance.

Sources of the thanks: "Thank you in 31 languages" (homemadejoys.com/thank-you-in-31-languages),
"How to say thank you, fifty languages" (tieweng.com/how-to-say-thank-you-languages), "Thank you in
different languages" (whatocall.com), and the translation tables of *thank you* in Wiktionary, with
its codes of languages (ISO 639). What stands beside them is what phrase books say with thanks.
"""

from bot.domain.thanks_scripts import IN_OTHER_SCRIPTS

# What the language adds to "thanks" comes after the bar.
PHRASES = {
    "en": """
        thanks; thank you; thank u; thankyou; thx; thnx; tysm; cheers; much appreciated;
        really appreciated; appreciate it; many thanks; i appreciate it; i really appreciate it |
        so much; very much; so very much; a lot; a bunch; a million; loads; heaps; again;
        once again; all; everyone; everybody; guys; mate; team; folks; sir; madam; ma am;
        for your help; for the help; for all your help; for all the help; for your quick help;
        for helping; for helping me; for helping us; for your reply; for the reply;
        for your quick reply; for the quick reply; for your fast reply; for the fast reply;
        for your response; for the quick response; for your quick response; for your support;
        for the support; for your time; for your patience; for your kindness; for everything;
        for the info; for the information; that worked; it worked; it works now; works now;
        works perfectly; solved; all solved; got it; how nice; how kind; wow; haha; that helped;
        that helps; that was quick;
        that was fast; you are the best; you re the best; youre the best; you are amazing;
        you re amazing; you are great; you re great; you rock; you are a star; you re a star;
        great; amazing; awesome; brilliant; excellent; fantastic; lovely; perfect; super;
        wonderful; great service; great job; great help; good job; well done; best team; love it;
        have a nice day; have a great day; have a good day; have a lovely day; have a good one;
        best wishes; kind regards; x; xx; xxx; to you; to you all; you all; and; sincerely""",
    "de": """
        danke; dankeschön; danke schön; danke sehr; vielen dank; besten dank; herzlichen dank;
        schönen dank; lieben dank; tausend dank; 1000 dank; vielen herzlichen dank;
        ich danke ihnen; ich danke euch; ich danke dir; wir danken ihnen |
        sehr; vielmals; nochmals; nochmal; noch einmal; euch; dir; ihnen; ihnen allen; euch allen;
        an alle; ans team; liebes team; für die hilfe; für ihre hilfe; für eure hilfe;
        für deine hilfe; für die schnelle hilfe; für ihre schnelle hilfe; für eure schnelle hilfe;
        für die antwort; für die schnelle antwort; für ihre antwort; für die rückmeldung;
        für die schnelle rückmeldung; für die info; für alles; für die mühe; für ihre mühe;
        für eure mühe; das hat geholfen; hat geholfen; hat geklappt; hat funktioniert;
        funktioniert; es funktioniert; prima; super; toll; klasse; perfekt; wunderbar;
        großartig; spitze; ganz lieb; sehr nett; sehr freundlich; ihr seid super;
        ihr seid die besten; sie sind super; schönen tag noch; schönen tag; einen schönen tag;
        einen schönen tag noch; liebe grüße; viele grüße; lg; vg""",
    "nl": """
        dank je; dank u; dank jullie; dankje; dankjewel; dank je wel; dankuwel; dank u wel;
        bedankt; hartelijk dank; heel erg bedankt; veel dank; duizendmaal dank; reuze bedankt;
        hartstikke bedankt |
        heel; erg; hartelijk; nogmaals; allemaal; jullie; team; voor je hulp; voor uw hulp;
        voor jullie hulp; voor de hulp; voor de snelle hulp; voor het helpen; voor je reactie;
        voor uw reactie; voor de reactie; voor de snelle reactie; voor je snelle reactie;
        voor jullie snelle reactie; voor het antwoord; voor het snelle antwoord; voor de info;
        voor de moeite; voor alles; het werkt; het is gelukt; gelukt; top; super; fijn; geweldig;
        perfect; prima; mooi; lief; wat fijn; goed geholpen; jullie zijn top; fijne dag;
        fijne dag nog; een fijne dag; groetjes; met vriendelijke groet""",
    "fr": """
        merci; grand merci; un grand merci; mille mercis; merci bien; merci beaucoup; mille merci;
        je vous remercie; je te remercie; nous vous remercions; avec mes remerciements |
        beaucoup; infiniment; encore; encore une fois; à vous; à toi; à tous; à toutes;
        à toute l équipe; l équipe; tout le monde; pour votre aide; pour ton aide; pour l aide;
        pour tout; pour votre réponse; pour ta réponse; pour la réponse;
        pour votre réponse rapide; pour la réponse rapide; pour votre réactivité;
        pour votre patience; pour l info; pour les informations; de votre aide; de votre réponse;
        c est parfait; parfait; super; génial; top; excellent; formidable; c est réglé;
        ça fonctionne; vous êtes super; vous êtes les meilleurs; bonne journée; bonne soirée;
        belle journée; très bonne journée; cordialement; bien à vous; c est gentil; très gentil;
        et""",
    "es": """
        gracias; muchas gracias; muchísimas gracias; mil gracias; gracias mil;
        un millón de gracias; os lo agradezco; se lo agradezco; te lo agradezco; muy agradecido;
        muy agradecida |
        muchas; de nuevo; a todos; a todas; a ti; a usted; a ustedes; a vosotros; equipo; chicos;
        por su ayuda; por tu ayuda; por vuestra ayuda; por la ayuda; por todo; por su respuesta;
        por tu respuesta; por la respuesta; por responder; por contestar; por la rápida respuesta;
        por su pronta respuesta; por la información; por la info; por su tiempo; por su atención;
        por la atención; por ayudarme; perfecto; genial; excelente; estupendo; fantástico;
        maravilloso; funciona; ya funciona; sois los mejores; son los mejores; un saludo; saludos;
        un abrazo; buen día; que tenga buen día; que tengan un buen día; y""",
    "it": """
        grazie; grazie mille; mille grazie; tante grazie; molte grazie; grazie tante;
        vi ringrazio; la ringrazio; ti ringrazio; grazie infinite |
        mille; molte; ancora; di nuovo; a tutti; a voi; a lei; a te; di tutto; di cuore;
        per l aiuto; per il vostro aiuto; per il suo aiuto; per tutto; per la risposta;
        per la vostra risposta; per la rapida risposta; per le informazioni; per la disponibilità;
        dell aiuto; perfetto; ottimo; fantastico; gentilissimi; gentilissima; gentilissimo;
        molto gentili; molto gentile; siete i migliori; funziona; buona giornata; buona serata;
        saluti; un saluto; cordiali saluti; e""",
    "pt": """
        obrigado; obrigada; muito obrigado; muito obrigada; obrigadão; obrigadíssimo;
        obrigadíssima; brigado; brigada; muitíssimo obrigado; muitíssimo obrigada; agradeço;
        valeu mesmo |
        muito; mesmo; de novo; novamente; a todos; a vocês; pessoal; equipe; equipa; pela ajuda;
        pela sua ajuda; por tudo; pela resposta; pela rápida resposta; pela atenção;
        pela informação; perfeito; excelente; ótimo; maravilha; maravilhoso; funcionou;
        vocês são demais; vocês são os melhores; bom dia; boa tarde; boa noite; um abraço; abraço;
        abraços; cumprimentos; e""",
    "ca": """
        gràcies; moltes gràcies; mercès; moltíssimes gràcies |
        per tot; per l ajuda; a tots; perfecte""",
    "gl": """
        grazas; moitas grazas; moitísimas grazas |
        por todo; pola axuda; a todos; perfecto""",
    "eu": """
        eskerrik asko; mila esker; eskerrak; esker mila |
        denagatik; guztiagatik; oso ondo""",
    "sv": """
        tack; tack så mycket; tack så jättemycket; tusen tack; stort tack; tackar; många tack;
        hjärtligt tack |
        igen; för hjälpen; för all hjälp; för snabb hjälp; för svaret; för snabbt svar;
        för snabb respons; för allt; för informationen; för infon; till er; till er alla;
        allihopa; toppen; perfekt; underbart; fantastiskt; super; jättebra; det fungerar;
        det funkar; ha en bra dag; ha en fin dag; hälsningar; mvh""",
    "da": """
        mange tak; tusind tak; tak for det; tak for hjælpen; tak for svaret; tak for alt;
        tak skal du have; tak skal i have; mange mange tak; tusinde tak; hjertelig tak |
        igen; for hjælpen; for al hjælpen; for svaret; for hurtigt svar; for det hurtige svar;
        for den hurtige hjælp; for alt; super; perfekt; fantastisk; dejligt; det virker;
        det virkede; hav en god dag; god dag; venlig hilsen; mvh""",
    "nb": """
        takk; tusen takk; mange takk; takk skal du ha; takk skal dere ha; hjertelig takk;
        takk for hjelpen; takk for svaret; takk for det |
        igjen; for hjelpen; for all hjelp; for rask hjelp; for svaret; for raskt svar; for alt;
        så mye; perfekt; flott; supert; fantastisk; det virker; det fungerer; ha en fin dag;
        ha en god dag; hilsen; mvh""",
    "is": """
        takk; takk fyrir; takk kærlega; kærar þakkir; þúsund þakkir; þakka þér fyrir; þakka ykkur |
        fyrir; kærlega; fyrir mig; fyrir hjálpina; fyrir svarið; frábært""",
    "fi": """
        kiitos; kiitos paljon; paljon kiitoksia; suuri kiitos; suuret kiitokset; kiitoksia;
        kiitokset; tuhannet kiitokset; iso kiitos; suurkiitos; kiitti; kiitän |
        paljon; kovasti; vielä; jälleen; teille; sinulle; kaikille; avusta; kaikesta;
        vastauksesta; nopeasta vastauksesta; nopeasta avusta; hienoa; mahtavaa; loistavaa;
        täydellistä; toimii; se toimii; hyvää päivää; mukavaa päivää; hyvää päivänjatkoa;
        terveisin""",
    "et": """
        aitäh; tänan; suur tänu; suur aitäh; tänan väga; suured tänud; tänud; tänan teid |
        väga; palju; abi eest; vastuse eest; kiire vastuse eest; kõige eest; kõigile; suurepärane;
        ilusat päeva; kena päeva""",
    "lv": """
        paldies; liels paldies; milzīgs paldies; pateicos; liels liels paldies |
        liels; par palīdzību; par atbildi; par ātro atbildi; par visu; jums; jauku dienu""",
    "lt": """
        ačiū; labai ačiū; dėkoju; dėkui; nuoširdžiai dėkoju; ačiū labai; didelis ačiū; dėkojame |
        labai; jums; už pagalbą; už atsakymą; už greitą atsakymą; už viską; gražios dienos""",
    "pl": """
        dziękuję; dzięki; dziękujemy; bardzo dziękuję; dziękuję bardzo; wielkie dzięki;
        serdecznie dziękuję; dziękuję pięknie; stokrotne dzięki; dziękuję ślicznie; dzięki wielkie |
        bardzo; jeszcze raz; serdecznie; pięknie; wszystkim; wam; państwu; za pomoc;
        za szybką pomoc; za odpowiedź; za szybką odpowiedź; za wszystko; za informację; super;
        świetnie; idealnie; doskonale; działa; już działa; miłego dnia; dobrego dnia; pozdrawiam""",
    "cs": """
        děkuji; děkuju; děkujeme; děkuji mnohokrát; mockrát děkuji; moc děkuji; děkuji moc;
        moc díky; díky moc; díky; díky mnohokrát; velice děkuji; děkuji vám |
        moc; mnohokrát; ještě jednou; vám; všem; za pomoc; za rychlou pomoc; za odpověď;
        za rychlou odpověď; za všechno; za informaci; super; skvělé; perfektní; výborně; funguje;
        hezký den; přeji hezký den; pěkný den; s pozdravem""",
    "sk": """
        ďakujem; ďakujeme; veľmi pekne ďakujem; ďakujem pekne; ďakujem veľmi pekne; vďaka;
        veľká vďaka; ďakujem krásne; ďakujem vám |
        pekne; veľmi pekne; ešte raz; vám; všetkým; za pomoc; za rýchlu pomoc; za odpoveď;
        za rýchlu odpoveď; za všetko; super; skvelé; perfektné; výborne; funguje; pekný deň;
        prajem pekný deň; s pozdravom""",
    "hu": """
        köszönöm; köszönjük; köszi; köszönöm szépen; nagyon köszönöm; köszönöm nagyon;
        nagyon köszi; köszi szépen; hálásan köszönöm; ezer köszönet; köszönet; kösz |
        szépen; nagyon; még egyszer; mindenkinek; a segítséget; a gyors segítséget; a választ;
        a gyors választ; mindent; szuper; tökéletes; nagyszerű; remek; működik; szép napot;
        további szép napot; üdvözlettel""",
    "ro": """
        mulțumesc; mulţumesc; mulțumim; mersi; mulțumesc mult; mulțumesc frumos; mersi mult;
        vă mulțumesc; îți mulțumesc; mii de mulțumiri; multe mulțumiri |
        mult; foarte mult; frumos; din nou; încă o dată; pentru ajutor; pentru răspuns;
        pentru răspunsul rapid; pentru tot; perfect; excelent; minunat; super; funcționează;
        o zi bună; zi frumoasă; o zi frumoasă; cu stimă""",
    "hr": """
        hvala; hvala vam; hvala lijepa; hvala lijepo; puno hvala; hvala puno; zahvaljujem |
        lijepo; puno; još jednom; svima; na pomoći; na brzoj pomoći; na odgovoru;
        na brzom odgovoru; na svemu; super; odlično; savršeno; ugodan dan; pozdrav""",
    "sl": """
        hvala; hvala lepa; najlepša hvala; hvala vam; hvala lepo; zahvaljujem se |
        lepo; še enkrat; vsem; za pomoč; za odgovor; za hiter odgovor; za vse; super; odlično;
        lep dan; lep pozdrav""",
    "sq": """
        faleminderit; shumë faleminderit; faleminderit shumë; ju falemnderit; ju faleminderit |
        shumë; për ndihmën; për përgjigjen; për gjithçka; të gjithëve; perfekt; ditë të mbarë""",
    "tr": """
        teşekkürler; teşekkür ederim; teşekkür ederiz; çok teşekkürler; çok teşekkür ederim;
        çok teşekkür ederiz; sağ olun; sağolun; sağ ol; sağol; çok sağ olun; çok sağolun; tşk;
        tşkler; teşekkürlerimi sunarım |
        çok; tekrar; tekrardan; herkese; size; yardımınız için; yardım için; yardımlarınız için;
        hızlı yanıtınız için; cevabınız için; her şey için; ilginiz için; harika; mükemmel; süper;
        iyi günler; iyi çalışmalar; kolay gelsin""",
    "az": """
        təşəkkür edirəm; təşəkkürlər; çox sağ olun; sağ olun; çox təşəkkür edirəm; çox sağ ol |
        çox; kömək üçün; hər şey üçün; cavab üçün; əla""",
    "ga": """
        go raibh maith agat; go raibh maith agaibh; go raibh míle maith agat; míle buíochas |
        as do chabhair; a chairde""",
    "cy": """
        diolch; diolch yn fawr; diolch yn fawr iawn; diolch o galon; llawer o ddiolch |
        iawn; i chi; am eich help; am bopeth; gwych""",
    "af": """
        dankie; baie dankie; duisend dankies; baie baie dankie |
        baie; vir jou hulp; vir u hulp; vir die hulp; vir alles; wonderlik""",
    "hi": """
        धन्यवाद; बहुत धन्यवाद; बहुत बहुत धन्यवाद; शुक्रिया; बहुत शुक्रिया; बहुत बहुत शुक्रिया;
        आपका धन्यवाद;
        आपका बहुत धन्यवाद; आपका बहुत बहुत धन्यवाद; आभार; dhanyavad; dhanyawad; shukriya;
        bahut dhanyavad; bahut shukriya |
        बहुत; आपका; आपकी मदद के लिए; मदद के लिए; जवाब के लिए; सहायता के लिए; सबका; बढ़िया;
        शानदार""",
    "vi": """
        cảm ơn; cám ơn; cảm ơn bạn; cảm ơn nhiều; cảm ơn rất nhiều; xin cảm ơn; cám ơn nhiều;
        chân thành cảm ơn |
        nhiều; rất nhiều; bạn; các bạn; anh; chị; ạ; nhé; đã giúp đỡ; vì đã giúp đỡ; tuyệt vời""",
    "id": """
        terima kasih; terima kasih banyak; terimakasih; makasih; makasih banyak; trims;
        thanks banyak; terima kasih banyak ya; terima kasih ya; makasih ya |
        banyak; semua; semuanya; min; kak; atas bantuannya; atas bantuan anda; atas responnya;
        atas jawabannya; atas infonya; atas perhatiannya; mantap; keren; luar biasa;
        sangat membantu""",
    "ms": """
        terima kasih; terima kasih banyak; terima kasih banyak banyak; tq |
        banyak; semua; atas bantuan; atas bantuan anda; di atas bantuan; hebat; bagus""",
    "tl": """
        salamat; maraming salamat; salamat po; maraming salamat po; maraming maraming salamat |
        po; sa tulong; sa inyong tulong; sa inyo; sa lahat; ang galing""",
    "sw": """
        asante; asante sana; asanteni; ahsante; ahsante sana; nashukuru; shukrani |
        sana; kwa msaada; kwa msaada wako; kwa jibu; kwa kila kitu; nzuri sana""",
    "zu": """
        ngiyabonga; siyabonga; ngiyabonga kakhulu; siyabonga kakhulu |
        kakhulu; ngosizo; ngakho konke""",
    **IN_OTHER_SCRIPTS,
}

# Signs that are thanks alone, and signs that say nothing more beside them.
SIGNS = """
    👍 🙏 ❤️ 💙 💚 💛 🧡 💜 🖤 🤍 💗 💖 💕 🙌 |
    😀 😁 😃 😄 😊 🙂 😍 🥰 😘 🎉 ✨ 💪 👏 👌 ✅ ☺️ 🌟 ⭐ 💐 🌹 🌸 ☀️ 🤗 🥳 💯 🤝 🫶
"""
