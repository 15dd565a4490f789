"""Words and phrases of posts that are about a life, in five languages.

They only ever lift a mute and raise a priority, so they are chosen for recall: a false alarm costs
a glance. A `*` stands for any ending. They are compared folded: without case, accents, punctuation.

Sources. Self-harm in English: the search terms of O'Dea et al., *Detecting suicidality on Twitter*,
Internet Interventions 2 (2015) 183-188, and of Jashinsky et al., *Tracking suicide risk factors
through Twitter in the US*, Crisis 35 (2014) 51-59. Spanish: also *Exploring the Risk of Suicide in
Real Time on Spanish Twitter*, JMIR Public Health and Surveillance 8 (2022) e31800. German, Dutch
and French: the same statements as the help lines name them (telefonseelsorge.de, 113.nl, 3114.fr).
Threats, bombs and children in danger: written for this list after the kinds of calls that
emergency services name (112 in the European Union, 911 in the United States). Medical: the signs
for which they ask to be called (NHS, *When to call 999*), and what nobody can be without for long.
"""

SELF_HARM = {
    "en": """
        suicid*; kill myself; killing myself; kill my self; end my life; ending my life;
        end it all; ending it all; take my life; take my own life; taking my own life;
        want to die; wanna die; wish i was dead; wish i were dead; better off dead;
        better off without me; rather be dead; ready to die; ready to jump; going to jump;
        gonna jump; jump off; jumping off; jumped off; jump from; jump in front of; throw myself;
        hang myself; hanging myself; shoot myself; drown myself; starve myself; cut myself;
        cutting myself; hurt myself; hurting myself; harm myself; self harm*; selfharm*;
        slit my wrist*; overdos*; never wake up; sleep forever; no reason to live;
        tired of living; not worth living; nothing to live for; can t go on anymore;
        can t go on like this; don t want to live; dont want to live; do not want to live;
        don t want to be here anymore; don t want to be alive; goodbye world; my last post;
        final goodbye
        """,
    "de": """
        suizid*; selbstmord*; selbsttötung*; bring mich um; bringe mich um; mich umbringen;
        mich umzubringen; will sterben; möchte sterben; sterben will; sterben möchte;
        nicht mehr leben; nimmer leben; leben beenden; leben ein ende; mir das leben nehmen;
        lebensmüde; das leben nehmen; lieber tot; wäre ich tot; ich tot wäre; wäre besser tot;
        vom dach springen; von der brücke; vor den zug; vor die bahn; springe runter;
        spring runter; runterspringen; runterzuspringen; erhänge mich; mich erhängen;
        mich erschießen; ritze mich; mich ritzen; verletze mich; mich verletzen; selbstverletz*;
        überdosis; kann nicht mehr leben; ein ende machen; schluss mit dem leben
        """,
    "nl": """
        zelfmoord*; zelfdoding*; suïcid*; maak me van kant; me van kant maken;
        maak er een eind aan; een einde aan mijn leven; eind aan mijn leven; een eind aan maken;
        wil dood; wil niet meer leven; wou dat ik dood; was ik maar dood; beter dood; liever dood;
        wil sterven; niet meer leven; niet meer verder; spring van; spring voor; van de brug;
        voor de trein; van het dak; mezelf ophangen; mezelf iets aandoen; mezelf doodschieten;
        snijd mezelf; mezelf snijden; mezelf pijn; zelfbeschadig*; overdosis; levensmoe;
        zonder mij beter af
        """,
    "fr": """
        suicid*; me tuer; me tue; mettre fin à mes jours; mettre fin à ma vie;
        en finir avec la vie; envie d en finir; envie de mourir; veux mourir; voudrais mourir;
        préfère mourir; voudrais être mort*; plus envie de vivre; ne veux plus vivre;
        veux plus vivre; m ôter la vie; me pendre; me jeter sous; me jeter du; sauter du pont;
        sauter d un pont; du haut du pont; sous le train; sous un train; me tirer une balle;
        m ouvrir les veines; me faire du mal; me mutile*; me scarifi*; automutil*; overdose;
        surdose; mieux sans moi; plus la force de vivre
        """,
    "es": """
        suicid*; matarme; me mato; me voy a matar; me quiero matar; quitarme la vida;
        quitarme de en medio; acabar con mi vida; terminar con mi vida; quiero morir*;
        me quiero morir; ganas de morir; ojalá me muera; estaría mejor muert*; mejor muert*;
        no quiero vivir; no quiero seguir viviendo; sin ganas de vivir; tirarme por; tirarme del;
        tirarme desde; saltar del puente; desde el puente; tirarme al tren; ahorcarme;
        pegarme un tiro; cortarme las venas; hacerme daño; autolesi*; sobredosis; mejor sin mí;
        ya no puedo más
        """,
}

THREATS = {
    "en": """
        bomb; bombs; bombing; bomber; explosiv*; hand grenade; kill you; kill them; kill him;
        kill her; kill everyone; kill everybody; kill all; kill people; kill your; going to kill;
        gonna kill; will kill; murder*; shoot you; shoot them; shoot up; shooter; shoot everyone;
        shoot everybody; shooting at; have a gun; got a gun; with a gun; my gun; bring a gun;
        have a knife; with a knife; stab you; stab them; stab him; stab her; stabb*; burn down;
        burn it down; set fire; set it on fire; terroris*; hostage*; hijack*; massacre*;
        acid attack; blow up; blow it up; blow you up; death threat*; you will die; you are dead;
        you re dead; you all die; rape; raped; raping; rapist*; threatened to kill; hurt you;
        coming for you; know where you live
        """,
    "de": """
        bombe; bomben; bombendrohung*; sprengsatz*; sprengstoff*; sprenge; in die luft jagen;
        in die luft sprengen; handgranate*; töte dich; töte euch; töte sie; töte ihn; töten;
        umbringen; bring dich um; bringe dich um; bringe euch um; bring euch um; bringe sie um;
        ermord*; mord*; erschieß*; erstech*; abstech*; schieße; amoklauf*; amok; attentat*;
        anschlag; terror*; geisel*; entführ*; waffe dabei; pistole; mit einer waffe;
        mit einem messer; habe ein messer; anzünden; zünde; abfackeln; brandanschlag*;
        morddrohung*; du bist tot; ihr seid tot; vergewaltig*
        """,
    "nl": """
        een bom; bommen; bommelding*; bomaanslag*; explosief; explosieven; granaat; vermoord*;
        moord*; maak je dood; maak je af; maak jullie af; maak hem af; maak haar af; doodmaken;
        doodschiet*; schiet je; schiet jullie; neerschiet*; neersteken; steek je neer;
        steek jullie neer; pistool; vuurwapen*; met een wapen; met een mes; een mes bij me;
        aanslag plegen; terroris*; gijzel*; gekaapt; steek in brand; in brand steken;
        brandstichting; opblazen; doodsbedreiging*; bedreig*; je gaat dood; jullie gaan dood;
        ik weet waar je woont; verkracht*
        """,
    "fr": """
        bombe; bombes; explosif*; attentat*; terroris*; otage*; te tuer; vous tuer; les tuer;
        le tuer; la tuer; tuer tout le monde; vais tuer; je te tue; je vous tue; je les tue;
        assassin*; meurtr*; tirer sur; fusillade*; tuerie*; arme à feu; avec une arme;
        j ai une arme; un pistolet; un couteau; poignard*; égorge*; mettre le feu; incendier;
        faire sauter; tout faire sauter; faire exploser; menace de mort; menaces de mort;
        tu vas mourir; vous allez mourir; je sais où tu habites; détourner un avion; viol; violée;
        violer; pris en otage
        """,
    "es": """
        bomba; bombas; amenaza de bomba; explosivo*; granada de mano; atentado*; terroris*; rehén;
        rehenes; matarte; mataros; matarlos; matarlas; matarlo; matarla; te mato; os mato;
        los mato; te voy a matar; los voy a matar; os voy a matar; voy a matar; matar a todos;
        asesin*; dispararte; disparar; tiroteo*; pistola; arma de fuego; con un arma;
        tengo un arma; con un cuchillo; tengo un cuchillo; apuñal*; acuchill*; degollar*;
        prender fuego; quemarlo todo; incendiar; volar por los aires; hacer explotar;
        amenaza de muerte; amenazas de muerte; vas a morir; vais a morir; van a morir;
        sé dónde vives; secuestr*; violación; violar*
        """,
}

CHILDREN = {
    "en": """
        child abuse; abusing a child; abused child; abusing my child; child in danger;
        children in danger; kid in danger; child is alone; child alone; children alone;
        my child is missing; child is missing; missing child; missing children; child missing;
        lost my child; lost my son; lost my daughter; my son is missing; my daughter is missing;
        my baby is missing; cannot find my child; can t find my child; cant find my child;
        can t find my son; can t find my daughter; can t find my baby; baby is not breathing;
        not breathing; stopped breathing; unaccompanied child; unaccompanied minor; kidnap*;
        abduct*; took my child; taken my child; child locked; baby locked; kid locked; pedophil*;
        paedophil*; touched my child; touched my daughter; touched my son; child traffick*;
        human traffick*; trafficked
        """,
    "de": """
        kind in gefahr; kinder in gefahr; kind ist allein; kind allein; kind alleine;
        kind ist verschwunden; kind verschwunden; kind wird vermisst; kind vermisst;
        vermisstes kind; kind verloren; mein sohn ist weg; meine tochter ist weg;
        mein kind ist weg; finde mein kind nicht; finde meinen sohn nicht;
        finde meine tochter nicht; kindesmissbrauch; kindesmisshandlung; kind geschlagen;
        schlägt sein kind; schlägt ihr kind; atmet nicht; kind eingesperrt; baby eingesperrt;
        pädophil*; menschenhandel; kindesentführung
        """,
    "nl": """
        kind in gevaar; kinderen in gevaar; kind is alleen; kind alleen; kind is kwijt;
        kind kwijt; kind is weg; kind vermist; kind is vermist; vermist kind; mijn zoon is kwijt;
        mijn dochter is kwijt; mijn zoon is weg; mijn dochter is weg; zoontje kwijt;
        dochtertje kwijt; kan mijn kind niet vinden; vind mijn kind niet; kindermishandeling;
        kindermisbruik; slaat zijn kind; slaat haar kind; ontvoer*; ademt niet; kind opgesloten;
        baby opgesloten; pedofiel*; mensenhandel
        """,
    "fr": """
        enfant en danger; enfants en danger; enfant seul; enfant est seul; enfant disparu;
        enfant a disparu; enfant perdu; perdu mon enfant; perdu mon fils; perdu ma fille;
        mon fils a disparu; ma fille a disparu; ne trouve plus mon enfant;
        ne trouve plus mon fils; ne trouve plus ma fille; trouve pas mon enfant;
        enlever un enfant; enlevé un enfant; enlèvement; kidnapp*; maltraitance; enfant battu;
        frappe son enfant; ne respire plus; ne respire pas; respire plus; enfant enfermé;
        bébé enfermé; pédophil*; traite d êtres humains; mineur non accompagné
        """,
    "es": """
        niño en peligro; niña en peligro; niños en peligro; menor en peligro; hijo en peligro;
        hija en peligro; niño solo; niña sola; niño perdido; niña perdida; hijo perdido;
        hija perdida; mi hijo ha desaparecido; mi hija ha desaparecido; mi hijo desapareció;
        mi hija desapareció; niño desaparecido; niña desaparecida; menor desaparecid*;
        perdido a mi hij*; no encuentro a mi hij*; no encuentro a mi niñ*; maltrato infantil;
        abuso infantil; pega a su hij*; no respira; niño encerrado; niña encerrada;
        bebé encerrado; pederast*; pedófil*; trata de personas; menor no acompañad*
        """,
}

MEDICAL = {
    "en": """
        can t breathe; cant breathe; cannot breathe; couldn t breathe; trouble breathing;
        struggling to breathe; is choking; heart attack; cardiac arrest; chest pain*;
        having a stroke; had a stroke; unconscious; unresponsive passenger; passed out; seizure*;
        convuls*; epilept*; anaphyla*; epipen*; epi pen*; allergic reaction; allergic shock;
        insulin; diabetic; hypoglyc*; dialysis; is bleeding; bleeding badly; bleeding heavily;
        won t stop bleeding; ambulance*; paramedic*; medical emergency; medical help;
        life threatening; life or death; needs oxygen; need oxygen;
        heart medication; heart medicine; out of medication; without my medication;
        medication is in my bag; meds are in my bag
        """,
    "de": """
        keine luft mehr; bekomme keine luft; bekommt keine luft; kriege keine luft;
        kriegt keine luft; atemnot; herzinfarkt*; herzstillstand; schlaganfall; bewusstlos*;
        ohnmächtig; krampfanfall; epilept*; anaphyla*; allergischer schock;
        allergischen schock; allergische reaktion; insulin; diabetiker*; unterzuck*; dialyse;
        blutet stark; verblute*; notarzt; krankenwagen; rettungswagen; medizinischer notfall;
        lebensgefahr*; lebensbedroh*; braucht sauerstoff; brauche sauerstoff;
        herzmedikament*; ohne meine medikamente
        """,
    "nl": """
        krijg geen lucht; krijgt geen lucht; kan niet ademen; benauwd; hartaanval; hartinfarct;
        hartstilstand; beroerte; bewusteloos; flauwgevallen; epilept*; anafyla*;
        allergische reactie; allergische shock; insuline; diabeet; diabetes; dialyse;
        bloedt hevig; bloedt dood; ambulance*; medisch noodgeval; medische hulp; levensgevaar*;
        levensbedreig*; gaat sterven; heeft zuurstof nodig; hartmedicijn*; zonder mijn medicijnen
        """,
    "fr": """
        peux plus respirer; peut plus respirer; arrive plus à respirer; arrive pas à respirer;
        crise cardiaque; arrêt cardiaque; infarctus; fait un avc; perdu connaissance; évanoui*;
        convuls*; épilept*; anaphyla*; choc allergique; réaction allergique; insuline;
        diabétique*; hypoglyc*; dialyse; hémorragie; saigne beaucoup; ambulance*; le samu;
        urgence médicale; danger de mort; danger vital; en train de mourir;
        besoin d oxygène; médicaments pour le cœur; sans mes médicaments
        """,
    "es": """
        no puedo respirar; no puede respirar; infarto; ataque al corazón; paro cardíaco; ictus;
        derrame cerebral; inconsciente; desmayad*; se ha desmayado; convuls*; epilept*; anafil*;
        reacción alérgica; choque alérgico; insulina; diabétic*; hipogluc*; diálisis; hemorragia;
        desangr*; ambulancia*; emergencia médica; peligro de muerte; se está muriendo;
        necesita oxígeno; necesito oxígeno; medicación para el corazón; sin mi medicación
        """,
}
