import type { Catalogue } from './catalogues.ts';

// Aanspreekvorm: je. minen (hij minet, gemined); de share, de pool, de node, de thread, de difficulty; stale: verouderd; luck: geluk; effort: inspanning; backup pool: reservepool; health: diagnose; practice: oefenen; fast/light mode: snelle/lichte modus; power: vermogen; seed phrase: herstelzin. Aanhalingstekens: ‘ ’.
export const nl: Catalogue = {
  app: {
    name: 'Ibctminer',
    what: 'Monero minen met je eigen CPU',
    title: 'Ibctminer · {{screen}}',
    loading: 'Starten…',
    noBridgeTitle: 'Deze pagina hoort in de app',
    noBridge:
      'Open in plaats daarvan Ibctminer. In een browser heeft deze pagina niets om mee te praten.',
    failedTitle: 'De app kon niet laden',
    retry: 'Opnieuw proberen',
    silentTitle: 'De kern van de miner antwoordt niet',
    silent:
      'De cijfers hieronder zijn {{ago}} oud. Als dit niet vanzelf overgaat, sluit de app dan af en open hem opnieuw. Bij het afsluiten stopt het minen.',
    practice: 'Oefenen',
    practiceBanner:
      'Oefenen: de hashes worden echt berekend, maar er verlaat niets deze computer en er wordt niets verdiend.',
    addressChanged:
      'Iemand anders heeft het walletadres in het instellingenbestand veranderd: {{found}}. De app blijft het adres gebruiken dat jij hebt bevestigd: {{confirmed}}.',
    addressNone: 'geen',
    addressKeep: 'Bevestigd adres houden',
    addressUse: 'Andere adres gebruiken',
    dismiss: 'Sluiten',
    skipToContent: 'Naar de inhoud',
  },
  nav: {
    label: 'Hoofdmenu',
    dashboard: 'Overzicht',
    history: 'Geschiedenis',
    pools: 'Pools',
    settings: 'Instellingen',
    logs: 'Logboek',
    health: 'Diagnose',
    about: 'Over',
  },
  commands: {
    title: 'Opdrachten',
    search: 'Opdrachten zoeken',
    none: 'Geen opdracht gevonden.',
    mining: 'Minen',
    screens: 'Ga naar',
    settings: 'Instellingen: {{section}}',
    pause15: '15 minuten pauzeren',
    pause60: '1 uur pauzeren',
    pause240: '4 uur pauzeren',
    pauseOpen: 'Pauzeren tot ik hervat',
    themeSystem: 'Thema van het systeem gebruiken',
    themeLight: 'Licht thema gebruiken',
    themeDark: 'Donker thema gebruiken',
    zoomIn: 'Inzoomen',
    zoomOut: 'Uitzoomen',
    zoomReset: 'Werkelijke grootte',
    control: 'Ctrl',
  },
  tour: {
    title: 'Rondleiding door het overzicht',
    show: 'Rondleiding door het overzicht tonen',
    progress: '{{step}} van {{count}}',
    next: 'Volgende',
    done: 'Klaar',
    never: 'Niet meer tonen',
    steps: {
      state:
        'Hierboven zegt de app altijd of hij minet, en waarom wel of niet. Starten en Stoppen staan ernaast en werken direct.',
      hashrate:
        'Hoeveel hashes deze computer per seconde probeert. Het schommelt een beetje, dus de gemiddelden over een minuut en een kwartier zeggen meer.',
      shares:
        'Een share is een hash die goed genoeg is om aan de pool te tonen; die betaalt voor elke share die hij accepteert. Geweigerde en verouderde shares worden niet betaald; een paar verouderde is normaal.',
      pool: 'Waar het werk vandaan komt en wie wordt betaald. De difficulty zegt hoe zeldzaam een share is; de ping zegt hoe snel de pool antwoordt.',
      money:
        'Wat minen hier opbrengt en kost, als schatting. Voer je prijzen in om te zien of het loont.',
      machine:
        'Wat elke thread doet, en wat voor geheugen het minen heeft gekregen. In Diagnose staat hoe het sneller kan.',
    },
  },
  state: {
    label: 'Status van het minen',
    needsConsent: 'Niet ingesteld',
    stopped: 'Gestopt',
    connecting: 'Verbinden',
    preparing: 'Dataset opbouwen',
    preparingLight: 'Minen in lichte modus',
    mining: 'Aan het minen',
    paused: 'Gepauzeerd',
    waiting: 'Wachten',
    failed: 'Gestopt door een probleem',
    unknown: 'Wachten op de kern van de miner',
  },
  control: {
    start: 'Minen starten',
    stop: 'Minen stoppen',
    pause: 'Pauze',
    pause15: '15 minuten',
    pause60: '1 uur',
    pause240: '4 uur',
    pauseOpen: 'Tot ik hervat',
    resume: 'Hervatten',
    cancel: 'Annuleren',
    back: 'Terug',
    continue: 'Doorgaan',
    save: 'Opslaan',
    copyCommand: 'Kopiëren',
    runCommand: 'Opdracht uitvoeren',
    copied: 'Gekopieerd',
  },
  consent: {
    text: 'Deze app gebruikt je CPU om Monero te minen voor het adres dat je invoert. Dat verbruikt stroom, geeft warmte en lawaai, en kan deze computer trager maken. Mine alleen op computers die van jou zijn of die je hiervoor mag gebruiken. Het begint pas als je op Starten drukt.',
    agree: 'Ik heb dit gelezen en ga akkoord',
    title: 'Voordat er iets draait',
    changed: 'Deze tekst is veranderd sinds je akkoord ging, dus we vragen het opnieuw.',
    promises: 'Waar je op kunt rekenen',
    promiseFee: 'Geen kosten. Je minet voor je eigen adres en voor geen ander.',
    promiseQuiet:
      'Geen telemetrie. De app maakt verbinding met de pool of node die je kiest, en met niets anders, tenzij je erom vraagt.',
    promiseStop: 'Stoppen werkt meteen, en na Afsluiten blijft er niets draaien.',
  },
  wizard: {
    label: 'Instellen',
    progress: 'Stap {{step}} van {{count}}',
    consent: 'Akkoord',
    wallet: 'Wallet',
    pool: 'Pool',
    power: 'Vermogen',
    review: 'Overzicht',
  },
  wallet: {
    title: 'Waar moeten je beloningen heen?',
    lead: 'Plak het ontvangstadres van je eigen Monero-wallet. De app vraagt nooit om sleutels of een herstelzin. Alles wat dat wel doet, is oplichterij.',
    address: 'Monero-walletadres',
    placeholder: 'Begint met 4 of 8',
    checking: 'Controleren…',
    compare:
      'Vergelijk het met het adres in je wallet, vooral de eerste en laatste tekens. Sommige malware verwisselt adressen op het klembord.',
    addressLabel: 'Adres in blokken van acht tekens',
    kinds: {
      standard: 'Dit is een geldig Monero-adres.',
      subaddress:
        'Dit is een geldig Monero-subadres. De meeste pools accepteren het, maar voor solo minen heb je je hoofdadres nodig.',
      integrated: 'Dit is een geldig geïntegreerd adres. Sommige pools accepteren het niet.',
    },
    fromLink: 'Uit deze betaallink is alleen het adres overgenomen.',
    readPicture: 'QR-code uit een afbeelding lezen',
    none: 'Nog geen wallet?',
    how: 'Installeer een wallet van getmonero.org of op je telefoon, schrijf de herstelzin op papier en kopieer dan het adres dat hij onder ‘Ontvangen’ toont.',
    getWallet: 'getmonero.org openen',
    skip: 'Oefenen zonder wallet',
  },
  pool: {
    title: 'Waar moet het werk vandaan komen?',
    lead: 'Een pool deelt werk uit en betaalt voor je shares. Een kleine is beter: Monero is het veiligst als geen enkele pool groot is, en op de lange duur betalen ze allemaal evenveel, min hun kosten. P2Pool is nog beter: geen beheerder en geen kosten.',
    sizes: 'Bekijk hoe groot elke pool is',
    choices: 'Bron van het werk',
    own: 'Andere pool',
    ownHint: 'Elke Monero-pool, via zijn adres',
    proxy: 'xmrig-proxy',
    proxyHint: 'Je eigen proxy, die je pool en wallet kent',
    p2pool: 'Eigen P2Pool',
    p2poolHint:
      'Gedecentraliseerd, geen kosten. Vereist monerod en P2Pool, op deze computer of een andere',
    node: 'Eigen node',
    nodeHint:
      'Solo minen met je eigen monerod, hier of ergens in je netwerk. Blokken zijn zeldzaam, maar de hele beloning is voor jou',
    practice: 'Oefenpool',
    practiceHint: 'Probeer alles uit op deze computer, zonder internet en zonder opbrengst',
    earnsNothing: 'Levert niets op',
    encrypted: 'Versleuteld (TLS)',
    tlsShort: 'TLS',
    plain: 'Niet versleuteld',
    needsWallet: 'Walletadres vereist',
    known: 'Bekende pools',
    recommended: 'Best voor Monero',
    measure: 'Latentie meten',
    measuring: 'Meten…',
    measureHint:
      'Maakt rechtstreeks verbinding met elk van deze pools en gaat weer weg. Je adres wordt niet verstuurd.',
    nearest:
      'Dichtstbij: {{name}}, {{ms}} ms. Afstand maakt weinig uit: elke 100 ms kost minder dan 0,1% van je shares.',
    noneReached: 'Geen van deze pools was bereikbaar. Controleer je internetverbinding.',
    latencies: {
      refused: 'Weigert verbindingen',
      notFound: 'Niet gevonden',
      offline: 'Niet bereikbaar',
      silent: 'Geen antwoord',
      certificate: 'Certificaat niet vertrouwd',
      failed: 'Werkt niet',
    },
    fee: 'Kosten {{percent}}%',
    facts: {
      title: 'Over {{name}}',
      region: 'Servers',
      ports: 'Poorten',
      fee: 'Kosten',
      payout: 'Kleinste uitbetaling',
      onItsPage: 'Staat op zijn website',
      percent: '{{percent}}%',
      amount: '{{amount}} XMR',
      source: 'Bron',
      sourceOf: '{{source}}, {{date}}. Controleer ze op zijn website.',
      open: '{{page}} openen',
    },
    regions: {
      global: 'Meerdere regio’s; zijn naam leidt naar een nabije',
      europe: 'Europa',
      unknown: 'Niet bekend',
    },
    sources: {
      pool: 'De eigen publicaties van de pool',
      lists: 'De eigen publicaties van de pool; de kosten uit openbare lijsten van pools',
      configurations: 'Openbare configuraties van miners',
    },
    address: 'Pooladres',
    addressHint: 'Bijvoorbeeld pool.example.org:443',
    nodeAddress: 'Nodeadres',
    nodeAddressHint: 'Bijvoorbeeld 127.0.0.1:18081',
    tls: 'Verbinding versleutelen (TLS)',
    p2poolPays:
      'P2Pool betaalt de wallet waarmee hij is gestart: --wallet (een hoofdadres), of --subaddress als dat is opgegeven. De login die deze app stuurt, is alleen een naam.',
    proxyPays:
      'De proxy minet voor de wallet in zijn eigen instellingen. De login die deze app stuurt, is alleen een naam.',
    ownFacts:
      'Volgens de README van P2Pool ({{date}}): kosten {{percent}}%, kleinste uitbetaling ongeveer {{amount}} XMR.',
    noTls:
      'Zonder TLS kan iedereen tussen jou en de pool je adres lezen en je shares omleiden. Gebruik de TLS-poort van de pool als die er is.',
    noTlsNode:
      'Zonder TLS kan iedereen tussen jou en de node je beloningen omleiden. Doe dit alleen op een netwerk dat je vertrouwt.',
    noTlsConfirm: 'Verbinden zonder versleuteling',
    test: 'Verbinding testen',
    testing: 'Testen…',
    testOk: 'Werkt',
    testFailed: 'Werkt niet',
    testJob: 'Er kwam na {{ms}} ms antwoord, met werk dat deze app kan minen.',
    trusted: 'Je vertrouwt het certificaat ervan.',
    fingerprint: 'Certificaat: {{fingerprint}}',
    remedy: {
      none: 'Verbinden zonder TLS',
      authority: 'TLS gebruiken',
      pinned: 'Dit certificaat vertrouwen',
    },
  },
  power: {
    title: 'Hoe hard moet de app werken?',
    lead: 'Je kunt dit altijd veranderen, ook tijdens het minen.',
    profiles: 'Vermogen',
    quiet: 'Stil',
    quietHint: 'Nauwelijks merkbaar terwijl je werkt',
    balanced: 'Gebalanceerd',
    balancedHint: 'Laat de helft van de computer voor jou over',
    full: 'Vol vermogen',
    fullHint: 'Elke nuttige thread: luider, heter en trager voor jou',
    custom: 'Aangepast',
    customHint: 'Kies het aantal threads',
    threads_one: '{{count}} thread',
    threads_other: '{{count}} threads',
    ofThreads: '{{threads}} van {{available}}',
    threadCount: 'Threads',
    cpu: '{{model}} · {{available}} logische CPU’s',
    times: 'Wanneer hij draait',
    battery: 'Pauzeren op accu',
    batteryHint: 'Gaat verder op netstroom',
    batteryBelow: 'Op accu pauzeren',
    batteryAlways: 'altijd',
    batteryCharge: 'onder {{charge, percent}} lading',
    idle: 'Alleen minen als de computer niet in gebruik is',
    idleHint:
      'Pauzeert zodra je de muis of het toetsenbord aanraakt. Een vergrendeld scherm telt als niet in gebruik.',
    idleAfter: 'Niet in gebruik na',
    minutes_one: '{{count}} minuut',
    minutes_other: '{{count}} minuten',
    notAvailable: 'Niet beschikbaar: dit systeem meldt het niet.',
    fullTitle: 'Vol vermogen gebruiken?',
    fullText:
      'Elke nuttige thread gaat minen. Dat maakt de computer luider, heter en trager in gebruik. Na 30 seconden gaat de app terug naar de huidige instelling, tenzij je vol vermogen houdt.',
    fullConfirm: 'Proberen',
    trial: 'Vol vermogen eindigt over {{seconds}} s, tenzij je het houdt.',
    trialWaiting:
      'Vol vermogen begint samen met het minen en eindigt na 30 seconden, tenzij je het houdt.',
    keep: 'Vol vermogen houden',
    revert: 'Nu terug',
  },
  tuning: {
    title: 'Prestaties afstemmen',
    hint: 'Probeert ongeveer een minuut lang verschillende aantallen threads, en hashes naast elkaar in elke thread, en gebruikt dan de snelste combinatie. Er wordt niets verstuurd en niets verdiend.',
    notWhileMining: 'Stop eerst met minen. Het zou de meting vertekenen.',
    whileMining: 'Afstemmen tijdens minen',
    whileMiningHint:
      'Probeert in de eerste minuten van het minen om de beurt andere instellingen en houdt de snelste. Elke hash telt gewoon mee. Wacht zolang hitte de threads beperkt.',
    trying: 'Probeert {{threads}}, {{hashes}}.',
    measure: 'Meten',
    measureAgain: 'Opnieuw meten',
    progress: 'Bezig met meten',
    curve: 'Hashrate per aantal threads',
    best_one: 'Snelste: {{count}} thread, {{hashes}}, {{rate}}.',
    best_other: 'Snelste: {{count}} threads, {{hashes}}, {{rate}}.',
    sideBySide_one: 'één hash tegelijk',
    sideBySide_other: '{{count}} hashes naast elkaar',
    measuredAt: 'Gemeten op {{date}} in de {{mode}} modus.',
    fast: 'snelle',
    light: 'lichte',
  },
  review: {
    title: 'Klaar. Er draait nog niets',
    lead: 'Het minen begint pas als je op het volgende scherm op Starten drukt.',
    walletNone: 'Geen (alleen oefenen)',
    power: '{{profile}}, {{threads}}',
    rules: 'Regels',
    noRules: 'Geen',
    finish: 'Voltooien',
    edit: 'Wijzigen',
  },
  dashboard: {
    hashrate: 'Hashrate',
    over10s: '10 s',
    over60s: '60 s',
    over15m: '15 min',
    chart: 'Hashrate, hoogstens de laatste 15 minuten',
    chartEmpty: 'De grafiek begint met de eerste hashes.',
    showTable: 'Als tabel tonen',
    minute: 'Minuut',
    average: 'Gemiddeld',
    shares: 'Shares',
    accepted: 'Geaccepteerd',
    rejected: 'Geweigerd',
    stale: 'Verouderd',
    sharesIdle:
      'Een share is een stukje bewijs van werk (proof of work) waarvoor de pool betaalt. Je shares verschijnen hier zodra je minet.',
    firstShare: 'Eerste share verwacht over ongeveer {{time}}.',
    nextShare: 'Bij deze difficulty ongeveer één share per {{time}}.',
    noShare: {
      normal: 'Al {{time}} geen share: normaal bij deze difficulty (kans: {{chance}}).',
      unlucky: 'Al {{time}} geen share: dat is pech, maar het komt voor (kans: {{chance}}).',
      unusual:
        'Al {{time}} geen share: dat is ongewoon (kans: {{chance}}). Kijk in Diagnose en Logboek of er iets mis is met de pool of deze computer.',
    },
    luck: '{{found}} gevonden; {{expected}} verwacht op grond van de hashes tot nu toe.',
    connection: 'Pool',
    host: 'Server',
    paidTo: 'Betaald aan',
    paidToKnown: 'Het adres dat daar is ingesteld',
    local: 'op deze computer',
    byTor: 'versleuteld door Tor',
    connectedFor: 'Verbonden sinds',
    ms: '{{ms}} ms',
    noPool: 'Er is niets verbonden tot je op Starten drukt.',
    willConnect: 'Starten verbindt met',
    algorithm: 'Algoritme',
    difficulty: 'Difficulty',
    height: 'Hoogte',
    ping: 'Ping',
    uptime: 'Looptijd',
    temperature: 'CPU-temperatuur',
    power: 'CPU-vermogen',
    watts: '{{watts}}\u00a0W',
    efficiency: 'Efficiëntie',
    joulesPerMegahash: '{{joules}}\u00a0J/MH',
    link: {
      offline: 'Offline',
      connecting: 'Verbinden',
      loggedIn: 'Verbonden',
      waiting: 'Wacht op nieuwe poging',
    },
    retryIn: 'Volgende poging over {{seconds}} s',
    threads: 'Threads',
    threadsOf: '{{count}} van {{available}} logische CPU’s',
    cpu: 'CPU {{cpu}}',
    threadsIdle: 'Elke hash-thread toont hier zijn eigen snelheid.',
    engine: 'Geheugen',
    datasetHint: 'Ongeveer 2 GiB, één keer opgebouwd en bewaard tijdens het minen.',
    mode: 'Modus',
    modes: {
      light: 'Licht (256 MiB, traag)',
      fast: 'Snel (2 GiB)',
    },
    region: {
      dataset: 'Dataset',
      cache: 'Cache',
      scratchpads: 'Scratchpads',
    },
    page: {
      '1g': 'Pages van 1 GiB',
      '2m': 'Pages van 2 MiB',
      thp: 'Transparent huge pages',
      '4k': 'Pages van 4 KiB',
      none: 'Niet toegewezen',
    },
    pagesGood: 'Huge pages zijn in gebruik. Sneller wordt het geheugen niet.',
    pagesPartly:
      'Transparent huge pages helpen. Gereserveerde huge pages van 2 MiB zijn vaak nog sneller.',
    pagesSmall:
      'Kleine pages vertragen het minen. In Diagnose staat de precieze opdracht die huge pages inschakelt.',
    engineIdle: 'Zolang er niet wordt gemined, is er geen geheugen in gebruik.',
    openHealth: 'Naar Diagnose',
    openPools: 'Naar Pools',
    openLogs: 'Naar Logboek',
  },
  money: {
    title: 'Opbrengst en kosten',
    edit: 'Cijfers invoeren',
    practice:
      'Oefenen levert niets op. Dit is wat dezelfde hashrate zou opbrengen op het Monero-netwerk.',
    empty:
      'Zie hier wat minen opbrengt en kost, als schatting met alles waaruit die bestaat. Er wordt niets op internet opgezocht, tenzij je het toestaat.',
    brings: 'Opbrengst per dag',
    worth: 'Waarde',
    costs: 'Kosten per dag',
    net: 'Netto per dag',
    energy: 'Energie per megahash',
    xmr: '{{xmr}}\u00a0XMR',
    joules: '{{joules}}\u00a0J',
    costsMore: 'Minen kost meer dan het opbrengt',
    costsMoreText:
      'In dit tempo gemiddeld ongeveer {{lost}} per dag. Een stillere vermogensstand brengt per watt vaak meer op.',
    mostDays: 'Vier van de vijf dagen brengen tussen {{low}} en {{high}} op',
    mostDaysNothing: 'Minstens negen van de tien dagen brengen niets op',
    mostDaysNet: 'Na aftrek van stroom is dat tussen {{low}} en {{high}}.',
    nothing: 'De kans op helemaal niets in 24 uur is {{chance}}.',
    unit: {
      block:
        'Je vindt gemiddeld één blok per {{time}} en krijgt het helemaal: {{xmr}} XMR. De marge is het geluk daarbij.',
      share:
        'Je vindt gemiddeld één share per {{time}}, ter waarde van {{xmr}} XMR. De marge is het geluk van je eigen shares; het geluk en de kosten van de pool komen daar nog bij.',
      p2poolShare:
        'Je vindt gemiddeld per {{time}} één P2Pool-share die betaald wordt, ter waarde van {{xmr}} XMR. De marge is het geluk daarbij.',
    },
    noPromise:
      'In dit tempo, gemiddeld, voor 24 uur minen. Een schatting en geen belofte: difficulty en koers veranderen voortdurend.',
    needed: 'Nog nodig:',
    need: {
      rate: 'je hashrate, die na een minuut minen bekend is',
      network:
        'de difficulty en beloning van het netwerk, die je eigen node, P2Pool en sommige pools melden; typ ze anders zelf in',
      price: 'de koers van Monero',
      watts: 'de watts die het minen kost',
      tariff: 'de stroomprijs',
    },
    madeOf: 'Waar dit uit bestaat',
    input: {
      rate: 'Hashrate',
      difficulty: 'Netwerk-difficulty',
      reward: 'Blokbeloning',
      price: 'Prijs van 1 XMR',
      watts: 'Vermogen',
      tariff: 'Prijs van 1 kWh',
    },
    source: {
      rate: 'hier gemeten, {{time}}',
      node: 'van je node, {{time}}',
      p2pool: 'van P2Pool, {{time}}',
      pool: 'van de pool, {{time}}',
      typed: 'ingevoerd, {{time}}',
      tariffMean: 'gemiddelde van de mine-uren, ingevoerd, {{time}}',
      measured: 'alleen processors, gemeten, {{time}}',
    },
    p2poolFault: {
      notFound:
        'De cijfers van P2Pool staan niet in de map die je hebt opgegeven. Die moet network/stats en pool/stats bevatten.',
      old: 'De cijfers van P2Pool in de map die je hebt opgegeven zijn ouder dan tien minuten. Draait P2Pool?',
    },
    dialogText:
      'Alles blijft op deze computer, en elk cijfer houdt de datum waarop je het hebt ingevoerd. Laat leeg wat je niet weet.',
    priceLabel: 'Prijs van 1 XMR',
    priceHint: 'De koers van vandaag, uit een bron die je vertrouwt.',
    currencyLabel: 'Valuta',
    currencyHint: 'Drie letters: EUR, USD.',
    tariffLabel: 'Prijs van 1 kWh',
    tariffHint: 'In dezelfde valuta, van je stroomrekening.',
    windowsLabel: 'Andere prijzen op bepaalde uren',
    windowsHint:
      'Elke dag volgens de klok van deze computer, als 22-6: 0,18; 12-14: 0,25. Voor alle andere uren geldt de prijs hierboven. Daarmee kan het schema zich aan de goedkoopste uren houden.',
    readTariff: 'Prijzen uit een CSV-bestand lezen',
    readTariffHint:
      'Van je energieleverancier: op elke regel een uur en de prijs van 1 kWh dan, zoals 07:00;0,25, voor de 24 uren van één dag.',
    notWindows: 'Schrijf uren en prijzen als 22-6: 0,18, met een puntkomma tussen meerdere.',
    wattsLabel: 'Watts die het minen kost',
    wattsHint:
      'Wat een energiemeter in het stopcontact aangeeft tijdens het minen, min wat hij in rust aangeeft. Deze computer meldt niets.',
    wattsMeasured:
      'Laat leeg om {{watts}} W te gebruiken, wat de processors over zichzelf melden; moederbord, geheugen en voeding doen daar vaak 10 tot 20% bij. Het best is een energiemeter in het stopcontact: wat hij aangeeft tijdens het minen, min wat hij in rust aangeeft.',
    wattsLimit:
      'Wat een energiemeter in het stopcontact aangeeft tijdens het minen, min wat hij in rust aangeeft. De processors zijn zo ingesteld dat ze zelf onder {{watts}} W blijven.',
    difficultyLabel: 'Netwerk-difficulty',
    difficultyHint:
      'Zoals 600 G. Block explorers tonen het. Niet nodig met je eigen node of P2Pool.',
    rewardLabel: 'Blokbeloning in XMR',
    rewardHint: '0,6 plus de transactiekosten van het blok.',
    folderLabel: 'Cijfers van P2Pool',
    folderHint:
      'De map die P2Pool als --data-api heeft gekregen, als het op deze computer draait. Met --local-api wordt ook vergeleken wat je verstuurt en wat P2Pool telt.',
    notNumber: 'Voer een getal in, zoals 0,30.',
    notAboveZero: 'Voer een getal boven 0 in, zoals 0,30.',
    notCurrency: 'Voer de drie letters van een valuta in, zoals EUR.',
  },
  account: {
    switch: '{{pool}} naar je saldo vragen',
    hint: 'Stuurt je walletadres naar {{host}}, elke vijf minuten zolang je minet of hier kijkt. Dit is een tweede, versleutelde verbinding naast die voor het minen.',
    hintProxy:
      'Stuurt je walletadres naar {{host}}, elke vijf minuten zolang je minet of hier kijkt. Dit is een tweede, versleutelde verbinding naast die voor het minen, via je proxy {{proxy}}.',
    title: 'Wat {{pool}} zegt',
    asking: '{{host}} wordt gevraagd…',
    due: 'Saldo',
    paid: 'Tot nu toe uitbetaald',
    payout: 'Kleinste uitbetaling',
    rate: 'Je hashrate daar',
    said: 'Stand: {{time}}, voor alle computers die voor je adres minen.',
    credit: {
      tooShort:
        'Verstuurd en bijgeschreven: nog te vroeg om iets te zeggen. Er zijn een uur en ongeveer 50 geaccepteerde shares voor nodig.',
      within:
        'Van wat je in {{time}} hebt verstuurd, heeft {{pool}} {{percent}} bijgeschreven: binnen wat het toeval toelaat.',
      less: 'Van wat je in {{time}} hebt verstuurd, heeft {{pool}} {{percent}} bijgeschreven: minder dan het toeval toelaat. Vraag de pool waarom.',
      lessOwn:
        'Van wat je in {{time}} hebt verstuurd, heeft {{pool}} {{percent}} geteld: minder dan het toeval toelaat. Misschien staat in het logboek ervan waarom.',
      more: 'Van wat je in {{time}} hebt verstuurd, heeft {{pool}} {{percent}} bijgeschreven: meer dan deze app heeft verstuurd. Minen andere computers voor je adres?',
      how: 'Hoe dit wordt vergeleken',
      title: 'Verstuurd en bijgeschreven',
      span: 'Tussen twee antwoorden van de pool',
      shares: 'Geaccepteerde shares',
      sent: 'Verstuurd, in hashes',
      credited: 'Bijgeschreven, in hashes',
      chance: 'Het toeval laat toe',
      range: '{{low}} tot {{high}}',
      explanation:
        'Elke share telt voor evenveel hashes als zijn difficulty. Shares komen willekeurig, en de pool telt ze op eigen tijdstippen op, dus de twee sommen zijn nooit helemaal gelijk: 99 van de 100 keer houdt het toeval alleen de bijschrijving binnen dit bereik. De pool telt ook mee wat andere computers voor je adres minen.',
    },
  },
  history: {
    span: 'Getoonde periode',
    spans: {
      quarterHour: '15 min',
      day: '24 h',
      month: '30 dagen',
      year: '1 jaar',
    },
    kind: 'Wat wordt getoond',
    kinds: {
      mining: 'Minen',
      practice: 'Oefenen',
    },
    loading: 'Geschiedenis lezen…',
    failedTitle: 'De geschiedenis kon niet worden gelezen',
    emptyTitle: {
      mining: 'Nog geen geschiedenis',
      practice: 'Nog niet geoefend',
    },
    empty: {
      mining:
        'Elke minuut minen wordt hier bewaard, alleen op deze computer. Het begint als je op Starten drukt.',
      practice:
        'Oefenen wordt apart van het minen bewaard en nooit meegeteld. Oefen op de oefenpool, en het verschijnt hier.',
    },
    average: 'Gemiddeld',
    mined: 'Mine-tijd',
    hashes: 'Hashes',
    hashrate: 'Hashrate',
    chart: {
      quarterHour: 'Hashrate over de laatste 15 minuten',
      day: 'Hashrate over de laatste 24 uur',
      month: 'Hashrate over de laatste 30 dagen',
      year: 'Hashrate over het laatste jaar',
    },
    nothing: {
      quarterHour: 'In de laatste 15 minuten is niets gemined.',
      day: 'In de laatste 24 uur is niets gemined.',
      month: 'In de laatste 30 dagen is niets gemined.',
      year: 'In het laatste jaar is niets gemined.',
    },
    hint: 'Wijs de grafiek aan, of gebruik de pijltjestoetsen, om hem af te lezen.',
    point: '{{period}}: {{rate}}, {{mined}} gemined',
    pointIdle: '{{period}}: niets gemined',
    pointShares_one: '{{count}} share',
    pointShares_other: '{{count}} shares',
    pointPaused: '{{time}} gepauzeerd ({{reasons}})',
    pointWaited: '{{time}} gewacht op werk',
    legendPaused: 'Gepauzeerd',
    legendWaiting: 'Wachten op werk',
    legendGap: 'Gat: minen stond uit',
    time: 'Tijd',
    shares: 'Shares',
    paused: 'Gepauzeerd',
    expected: 'Verwacht',
    found: 'Gevonden',
    luck: 'Geluk',
    luckText:
      'Gevonden shares, vergeleken met wat je hashes gemiddeld vinden. Het is toeval en middelt uit: boven 100% is geluk, eronder is pech.',
    effort: 'Inspanning nu',
    effortText:
      'Werk sinds je laatste share, vergeleken met wat een share gemiddeld kost. Eén op de twintig shares kost meer dan 300%.',
    lost: 'Verloren',
    lostText:
      'Van de shares is {{shares}} geweigerd of verouderd. In {{time}} van de tijd was er geen werk: bij het verbinden of het wachten op een pool.',
    best: 'Beste share',
    bestText:
      'De hoogste difficulty die een van je shares heeft gehaald. Een pool betaalt er niets extra voor; bij solo minen laat het zien hoe dicht je bij een blok was.',
    spent: 'Waar de tijd bleef',
    states: {
      mining: 'Minen',
      preparing: 'Dataset opbouwen',
      paused: 'Gepauzeerd',
      waiting: 'Wachten op werk',
    },
    pausedReasons: 'Meerdere redenen kunnen tegelijk gelden.',
    sessions: 'Sessies',
    sessionsOf: 'De nieuwste {{shown}} van {{count}}',
    sessionsAll_one: 'Alle {{count}} tonen',
    sessionsAll_other: 'Alle {{count}} tonen',
    started: 'Begonnen',
    more: '{{place}} en nog {{count}}',
    failedShares: 'Geweigerd/verouderd',
    allTime: 'Totaal',
    since: 'Sinds {{date}}',
    kept: 'Bewaard in {{folder}}, alleen op deze computer: {{size}}.',
    exportCsv: 'Exporteren als CSV',
    exportJson: 'Exporteren als JSON',
    exported: 'Opgeslagen als {{file}}.',
    delete: 'Geschiedenis wissen',
    deleteTitle: 'De hele geschiedenis wissen?',
    deleteText:
      'Dit wist elke minuut, sessie en elk totaal, van minen en van oefenen, en kan niet ongedaan worden gemaakt. Je munten zijn veilig: die staan in je wallet, niet in deze app.',
  },
  shares: {
    newest: 'Nieuwste shares',
    emptyTitle: 'Nog geen shares',
    emptyIdle:
      'Start het minen, dan staat elke share die je vindt hier, met het antwoord van de pool.',
    emptyExpected: 'Eerste share verwacht over ongeveer {{time}}.',
    emptyMining: 'De eerste share verschijnt hier zodra hij gevonden is.',
    time: 'Gevonden',
    outcome: 'Uitkomst',
    difficulty: 'Difficulty',
    roundTrip: 'Antwoord',
    nonce: 'Nonce',
    outcomes: {
      pending: 'In afwachting',
      accepted: 'Geaccepteerd',
      rejected: 'Geweigerd',
      stale: 'Verouderd',
    },
  },
  pools: {
    lead: 'De hoofdpool wordt als eerste gebruikt. Is die niet bereikbaar, dan nemen de reservepools het in deze volgorde over.',
    list: 'Pools',
    templates: {
      known: 'Bekende pool',
      stratum: 'Andere pool',
      p2pool: 'P2Pool',
      'xmrig-proxy': 'xmrig-proxy',
      daemon: 'Eigen node',
    },
    node: 'Eigen node',
    practising:
      'Je bent aan het oefenen, dus deze pools zijn niet in gebruik. Echt minen heeft eigen tellers.',
    endPractice: 'Echt minen',
    practise: 'Liever oefenen',
    practiseHint: 'Oefenen gebeurt op deze computer, vereist geen internet en levert niets op.',
    emptyTitle: 'Nog geen pool',
    empty: 'Voeg een pool of je eigen node toe.',
    add: 'Pool toevoegen',
    primary: 'Hoofdpool',
    backup: 'Reserve {{number}}',
    standing: {
      inUse: 'In gebruik',
      inUseInstead: 'De pools ervoor geven geen werk.',
      connecting: 'Verbinden…',
      proving: 'Geeft weer werk. Hij neemt het over als hij dat minstens een minuut heeft gedaan.',
      resting: 'Niet nodig: een pool ervoor geeft werk.',
      down: '{{why}} De app probeert het vanzelf opnieuw.',
      failed: '{{why}} Pas bij de volgende keer Starten wordt hij weer geprobeerd.',
    },
    up: '{{name}} omhoog',
    down: '{{name}} omlaag',
    edit: '{{name}} bewerken',
    remove: '{{name}} verwijderen',
    removeTitle: '{{name}} verwijderen?',
    removeText: 'De app vergeet het adres en de instellingen ervan.',
    removeConfirm: 'Verwijderen',
    addTitle: 'Pool toevoegen',
    editTitle: 'Pool bewerken',
    name: 'Naam (optioneel)',
    password: 'Wachtwoord',
    passwordHint: 'De meeste pools accepteren ‘x’.',
    rigId: 'Rignaam (optioneel)',
    login: 'Login in plaats van het walletadres (optioneel)',
    loginHint: 'Voor P2Pool en proxy’s. Wordt precies zo verstuurd als ingevoerd.',
    fingerprint: 'Vertrouwd certificaat (optioneel)',
    fingerprintHint:
      'SHA-256, 64 hexadecimale cijfers. Alleen nodig voor een zelfondertekend certificaat.',
    fingerprintWrong: 'Een SHA-256-vingerafdruk heeft 64 tekens van 0 tot 9 en a tot f.',
    rpcUser: 'RPC-gebruikersnaam (optioneel)',
    rpcUserHint: 'Als monerod met --rpc-login draait',
    rpcPassword: 'RPC-wachtwoord',
    zmqPort: 'ZMQ-poort (optioneel)',
    zmqPortHint: 'De poort van --zmq-pub bij monerod, om meteen van nieuwe blokken te horen',
    proxy: 'SOCKS5-proxy (optioneel)',
    proxyHint: 'Tor op deze computer: 127.0.0.1:9050, Tor Browser: 127.0.0.1:9150',
    proxyWrong: 'Schrijf de proxy als host:port, zoals 127.0.0.1:9050.',
    tor: 'Tor',
    torBrowser: 'Tor Browser',
    through: 'Via {{proxy}}',
    onionAlone:
      'Een onion-adres is alleen via Tor bereikbaar. Voer de proxy ervan in onder ‘Meer opties’.',
    zmqPortWrong: 'Een poort is een getal van 1 tot en met 65535.',
    more: 'Meer opties',
    full: 'Zestien pools is het maximum. Verwijder er een om een andere toe te voegen.',
  },
  settings: {
    sectionsLabel: 'Onderdelen van Instellingen',
    sections: {
      wallet: 'Wallet',
      power: 'Vermogen',
      rules: 'Regels',
      tuning: 'Geheugen en afstemming',
      appearance: 'Uiterlijk',
      notifications: 'Meldingen',
      opening: 'Openen en sluiten',
      connections: 'Verbindingen',
      reset: 'Resetten',
    },
    search: 'Instellingen zoeken',
    searchClear: 'Zoekopdracht wissen',
    searchNone: 'Geen instelling past bij ‘{{text}}’.',
    searchNoneHint: 'Probeer een ander woord, of kijk de onderdelen door.',
    wallet: 'Wallet',
    walletHint: 'Pools betalen aan dit adres, en je eigen node minet ervoor.',
    walletNone: 'Nog geen adres, dus je kunt alleen oefenen of minen met een eigen login.',
    walletChange: 'Adres wijzigen',
    walletAdd: 'Adres invoeren',
    walletNew: 'Nieuw walletadres',
    walletConfirmTitle: 'Voor een ander adres minen?',
    walletOld: 'Nu',
    walletNext: 'Nieuw',
    walletConfirm: 'Nieuwe adres gebruiken',
    power: 'Vermogen',
    mode: 'Geheugen',
    modeAuto: 'Automatisch',
    modeAutoHint: 'Snel als er ongeveer 3 GiB vrij is',
    modeFast: 'Snel',
    modeFastHint: 'Vereist minstens 2,3 GiB',
    modeLight: 'Licht',
    modeLightHint: '256 MiB, enkele malen trager',
    schedule: 'Schema',
    scheduleOn: 'Alleen op bepaalde uren minen',
    scheduleOnHint:
      'Volgens de klok van deze computer. Buiten deze uren wacht het minen en begint daarna vanzelf weer.',
    schedulePresets: 'Kant-en-klare schema’s',
    schedulePreset: {
      nights: 'Nachten',
      weekends: 'Weekends',
      nightsAndWeekends: 'Nachten en weekends',
      always: 'Altijd',
    },
    scheduleGrid: 'Uren van de week',
    scheduleHow:
      'Klik op een uur of sleep over meerdere. Met het toetsenbord: pijltjestoetsen verplaatsen, de spatiebalk zet een uur om, en Shift met pijltjestoetsen kleurt.',
    scheduleHours_one: 'Minet {{count}} uur per week.',
    scheduleHours_other: 'Minet {{count}} uur per week.',
    scheduleNever: 'Er is geen uur gekozen, dus er wordt niets gemined.',
    scheduleCell: '{{day}}, {{from}} tot {{to}}',
    cheapest: 'Alleen in de goedkoopste uren minen',
    cheapestHint:
      'Van elke dag de uren waarin stroom het minst kost, volgens de prijzen onder Opbrengst en kosten.',
    cheapestNoTariff: 'Voer eerst onder Opbrengst en kosten in wat stroom je op welke uren kost.',
    cheapestHours: 'Uren per dag',
    fullScreen: 'Pauzeren zolang een programma op volledig scherm is',
    fullScreenHint:
      'Games, films en presentaties. Gaat verder als je het volledige scherm verlaat.',
    fullScreenUnavailable:
      'Niet beschikbaar: dit systeem meldt het niet. Je kunt de programma’s hieronder opgeven.',
    metered: 'Pauzeren op een verbinding met datalimiet',
    meteredHint: 'Een waarvoor je per hoeveelheid data betaalt, zoals de hotspot van een telefoon.',
    heat: 'CPU koel houden',
    heatHint:
      'Boven deze temperatuur minet de app met minder threads, en 10\u00a0°C daarboven pauzeert hij.',
    heatBelow: 'Blijf onder',
    watts: 'CPU-vermogen beperken',
    wattsHint:
      'Zolang de processors meer dan dit verbruiken, andere programma’s meegerekend, minet de app met minder threads.',
    wattsBelow: 'Blijf onder',
    celsius: '{{degrees}}\u00a0°C',
    programs: 'Pauzeren zolang deze programma’s draaien',
    programsHint: 'Games, videogesprekken, alles wat de computer voor zich alleen moet hebben.',
    programsNone: 'Er staat geen programma in de lijst.',
    programsName: 'Programmanaam',
    programsAdd: 'Toevoegen',
    programsAdded: 'Programma’s die het minen pauzeren',
    programsRemove: '{{name}} verwijderen',
    rules: 'Regels',
    opening: 'De app openen',
    startAtLaunch: 'Beginnen met minen als de app opent',
    startAtLaunchHint:
      'Standaard uit. Nooit na een crash, en nooit nadat je op Stoppen hebt gedrukt.',
    openAtLogin: 'App openen als ik me aanmeld',
    openAtLoginHint: 'Opent het venster of het systeemvakpictogram. Het minen start er niet door.',
    appearance: 'Uiterlijk',
    theme: 'Thema',
    language: 'Taal',
    system: 'Systeem',
    light: 'Licht',
    dark: 'Donker',
    notifications: 'Meldingen',
    rulePauses: 'Gepauzeerd of hervat door een regel',
    poolDown: 'Pool twee minuten onbereikbaar, en weer terug',
    noShares: 'Veel langer dan verwacht geen share',
    rejects: 'Meer dan 5% van de shares geweigerd',
    failures: 'Minen beëindigd door een probleem',
    window: 'Bij sluiten van het venster',
    closeAsk: 'Elke keer vragen',
    closeBackground: 'Op de achtergrond blijven draaien',
    closeQuit: 'Afsluiten en stoppen met minen',
    noTray: 'Dit bureaublad heeft geen systeemvak, dus het venster wordt nooit verborgen.',
    api: 'Monitoring-API',
    apiOn: 'Alleen-lezen HTTP-API aanbieden op deze computer',
    apiHint:
      'Dashboards op deze computer kunnen je hashrate en shares lezen. Ze kunnen niets veranderen, en geen andere computer kan verbinding maken.',
    apiPort: 'Poort',
    apiPortWrong: 'Kies een getal van 1024 tot en met 65535.',
    apiAddress: 'Adres:',
    apiToken: 'Token, verstuurd als ‘Authorization: Bearer …’:',
    apiCopy: 'Token kopiëren',
    updates: 'Nieuwe versies',
    updatesLook: 'Zoeken naar nieuwe versies',
    updatesHint:
      'Vraagt {{host}} één keer per dag om een ondertekende lijst en verstuurt niets over jou of deze computer. Er wordt niets gedownload of geïnstalleerd tot jij het zegt.',
    updatesNow: 'Nu zoeken',
    updatesNewest: 'Dit is de nieuwste versie. Laatst gezocht: {{date}}.',
    updatesApt:
      'Versie {{version}} is beschikbaar, met een echte handtekening. Zo installeer je hem:',
    updatesCommand: 'sudo apt update && sudo apt install --only-upgrade ibctminer',
    updatesPage: 'Versie {{version}} is beschikbaar, met een echte handtekening.',
    updatesOpen: 'Downloadpagina openen',
    updatesDownload: 'Downloaden ({{size}})',
    updatesAgain: 'Opnieuw proberen',
    updatesRunning: 'Versie {{version}} downloaden: {{done}} van {{size}}.',
    updatesStop: 'Stoppen',
    updatesReplace:
      'Versie {{version}} is er, compleet en echt. Hij komt in de plaats van deze: het minen stopt, en de app start opnieuw.',
    updatesReplaceNow: 'Installeren en herstarten',
    updatesInstaller:
      'Versie {{version}} is er, compleet en echt. Het systeem opent het installatieprogramma: het minen stopt, en de app sluit af.',
    updatesInstallerNow: 'Afsluiten en installeren',
    updatesStale_one:
      'De lijst is {{count}} dag geleden ondertekend. Er had inmiddels een nieuwe moeten zijn: misschien verbergt iemand een nieuwere versie voor je. Kijk op de downloadpagina.',
    updatesStale_other:
      'De lijst is {{count}} dagen geleden ondertekend. Er had inmiddels een nieuwe moeten zijn: misschien verbergt iemand een nieuwere versie voor je. Kijk op de downloadpagina.',
    reset: 'Resetten',
    resetHint: 'Wist het walletadres, de pools en alle instellingen. Het minen stopt.',
    resetButton: 'Alles resetten',
    resetTitle: 'Alles resetten?',
    resetText:
      'Dit wist het walletadres, de pools en alle instellingen, en stopt het minen. Je munten zijn veilig: die staan in je wallet, niet in deze app.',
  },
  logs: {
    lead: 'Walletadressen worden uit elke regel verwijderd.',
    kept: 'Bewaard in {{folder}}, hoogstens 6 MB; de oudste regels gaan het eerst weg.',
    openFolder: 'Map openen',
    export: 'Alles exporteren',
    filter: 'Niveau',
    all: 'Alles',
    warn: 'Waarschuwingen en fouten',
    error: 'Fouten',
    search: 'Logboek doorzoeken',
    copy: 'Logboek kopiëren',
    emptyTitle: 'Nog niets gelogd',
    empty: 'Wat de app doet, verschijnt hier zodra het gebeurt.',
    noMatch: 'Geen overeenkomende regels.',
    levels: {
      info: 'Info',
      warn: 'Waarschuwing',
      error: 'Fout',
    },
    entries: 'Logregels',
    messages: 'Berichten',
    messagesLead:
      'De laatste berichten tussen deze app en de pool, zonder adressen, wachtwoorden en sessie-ID’s.',
    searchMessages: 'Berichten doorzoeken',
    copyMessages: 'Berichten kopiëren',
    noMessages: 'Nog geen berichten. Ze verschijnen zodra de app verbinding maakt met een pool.',
    sent: 'Verzonden',
    received: 'Ontvangen',
  },
  health: {
    lead: 'Wat deze computer te bieden heeft om te minen, en hoe je verhelpt wat ontbreekt.',
    run: 'Opnieuw controleren',
    running: 'Controleren…',
    copy: 'Rapport kopiëren',
    copyHint: 'Het rapport bevat je adres niet.',
    failedTitle: 'De controle kon niet draaien',
    statuses: {
      ok: 'OK',
      warn: 'Aandacht nodig',
      unknown: 'Onbekend',
    },
    allGood: 'Alles is in orde.',
    toLookAt_one: '{{count}} punt heeft aandacht nodig.',
    toLookAt_other: '{{count}} punten hebben aandacht nodig.',
    fix: 'Wat je kunt doen',
    commands: {
      now: 'Nu, tot de volgende herstart',
      atBoot: 'Bij elke start van de computer',
      lasting: 'Nu en voortaan',
      undo: 'Om het ongedaan te maken',
    },
    runHint:
      '‘Opdracht uitvoeren’ vraagt het systeem om precies deze opdracht uit te voeren. Het systeem vraagt om een beheerderswachtwoord, dat deze app nooit ziet.',
    runPrompt: 'Beantwoord de vraag van het systeem.',
    runEnds: {
      ran: 'De opdracht is uitgevoerd en alles is opnieuw gecontroleerd.',
      dismissed: 'Je hebt de vraag van het systeem gesloten. De opdracht is niet uitgevoerd.',
      notAllowed: 'Het systeem stond het niet toe. De opdracht is niet uitgevoerd.',
    },
    results: 'Resultaten',
    selfTest: 'Engine',
    selfTestRun: 'Engine testen',
    selfTesting: 'Testen…',
    selfTestHint:
      'Berekent hashes waarvan de uitkomsten bij RandomX zijn gepubliceerd, met gegenereerde code en zonder. De engine doet hetzelfde uit zichzelf vóór zijn eerste share.',
    selfTestRight: 'Alle {{hashes}} hashes kloppen ({{seconds}} s).',
    selfTestWrong:
      'Verkeerde hashes: {{ways}}. Maak overklokken ongedaan en controleer de temperatuur. Blijft het zo, meld het dan samen met je CPU-model.',
    pagesGain: 'Wat huge pages hier opleveren',
    pagesGainRun: 'Winst meten',
    pagesGainMeasuring: 'Meten…',
    pagesGainHint:
      'Berekent ongeveer een halve minuut lang om de beurt hashes met huge pages en zonder, met dezelfde threads. Er wordt niets verstuurd en niets verdiend. Het neemt intussen 5 GiB geheugen in.',
    pagesGainFaster:
      'Op deze computer gaat minen met huge pages {{gain, percent}} sneller: {{huge}} ermee, {{small}} zonder.',
    pagesGainAlike:
      'Op deze computer maken huge pages geen verschil: {{huge}} ermee, {{small}} zonder.',
    pagesGainOf_one: '{{pages, pages}}, gemeten met {{count}} thread.',
    pagesGainOf_other: '{{pages, pages}}, gemeten met {{count}} threads.',
    pagesGainNone:
      'Het systeem geeft nu geen huge pages, dus er valt niets te vergelijken. Wat ze inschakelt, staat onder Huge pages.',
    fork: 'De volgende fork van Monero',
    forkRun: 'Proefdraaien met de fork',
    forkRunning: 'Proefdraaien…',
    forkHint:
      'De volgende fork van Monero brengt RandomX v2 (rx/2). Het proefdraaien gebeurt op de oefenpool in deze app, die halverwege de fork doormaakt. Het duurt ongeveer een minuut en kost in de snelle modus 3 GiB geheugen. Niets verlaat deze computer en er wordt niets verdiend.',
    forkReady: 'Deze app en deze computer zijn klaar voor de volgende fork van Monero.',
    forkNotReady:
      'Deze app of deze computer is niet klaar voor de volgende fork van Monero. Zoek een update en draai daarna opnieuw proef.',
    forkUnproven:
      'Er ging niets mis, maar deze computer vond in de minuut na de fork geen share. Draai opnieuw proef, zo mogelijk met meer threads.',
    forkShares:
      'Geaccepteerde shares: {{before}} vóór de fork, {{after}} erna. Geweigerd: {{refused}}.',
    forkKept:
      'Er hoefde niets opnieuw te worden opgebouwd, en het minen lag hoogstens {{seconds}} s stil.',
    forkRebuilt:
      'De dataset of de cache moest opnieuw worden opgebouwd, en het minen lag {{seconds}} s stil.',
    forkRates: 'Hashrate: {{before}} ervoor (rx/0), {{after}} erna (rx/2).',
    forkAt: 'Proefgedraaid op {{date}} in de {{mode}} modus.',
    checks: {
      memory: 'Geheugen',
      hugePages: 'Huge pages',
      transparentPages: 'Transparent huge pages',
      aes: 'AES-instructies',
      jit: 'Gegenereerde code',
      dns: 'Naam van de pool',
      tls: 'Versleuteling',
      clock: 'Klok',
      virtualMachine: 'Virtuele machine',
      numa: 'Geheugenindeling (NUMA)',
      temperature: 'Temperatuur',
      energy: 'Energieverbruik',
      antivirus: 'Antivirus',
      battery: 'Accudetectie',
      idle: 'Gebruiksdetectie',
      tray: 'Systeemvakpictogram',
    },
    remarks: {
      memoryLightChosen: 'In Instellingen is de lichte modus gekozen. Die heeft 256 MiB nodig.',
      memoryFast: 'De snelle modus heeft de 2,3 GiB die hij nodig heeft.',
      memoryUnknown: 'Deze computer meldt niet hoeveel geheugen er vrij is.',
      memoryFree: 'Er is {{bytes, gibibytes}} vrij. De snelle modus heeft ongeveer 3 GiB nodig.',
      memoryShort:
        'Er is {{bytes, gibibytes}} vrij. De snelle modus heeft ongeveer 3 GiB nodig, dus deze computer zou in de lichte modus minen, die enkele malen trager is.',
      memoryShortNow:
        'Er is {{bytes, gibibytes}} vrij. De snelle modus heeft ongeveer 3 GiB nodig, dus deze computer minet in de lichte modus, die enkele malen trager is.',
      memoryFix: 'Sluit andere programma’s, stop dan het minen en start het weer.',
      pagesGood: 'Huge pages zijn in gebruik.',
      pagesFree_one: '{{count, integer}} huge page van 2 MiB is vrij.',
      pagesFree_other: '{{count, integer}} huge pages van 2 MiB zijn vrij.',
      pagesShort_one:
        'Eén thread heeft {{needed, integer}} huge pages van 2 MiB nodig; vrij: {{free, integer}}.',
      pagesShort_other:
        '{{count}} threads hebben {{needed, integer}} huge pages van 2 MiB nodig; vrij: {{free, integer}}.',
      pagesTransparent:
        'In plaats daarvan worden transparent huge pages gebruikt, die in de buurt komen.',
      pagesUnknown: 'Deze computer meldt zijn huge pages niet.',
      pagesInUse:
        'Dataset: {{dataset, pages}}. Cache: {{cache, pages}}. Scratchpads: {{scratchpads, pages}}.',
      pagesFix:
        'Reserveer ze, stop dan het minen en start het weer. Elke toegang tot het geheugen kost dan minder stappen; dat is meestal de grootste winst die er is. Andere programma’s kunnen deze {{bytes, gibibytes}} intussen niet gebruiken.',
      pagesFixBeside:
        'Reserveer ze, stop dan het minen en start het weer. Je kunt er vaster op rekenen dan op transparent huge pages, en vaak zijn ze iets sneller. Andere programma’s kunnen deze {{bytes, gibibytes}} intussen niet gebruiken.',
      thpOn: 'Het systeem geeft huge pages aan programma’s die erom vragen, zoals deze app.',
      thpNotNeeded: 'Ze staan uit en zijn niet nodig: er zijn genoeg huge pages gereserveerd.',
      thpOff: 'Het systeem geeft uit zichzelf geen huge pages.',
      thpFix:
        'Sta huge pages toe voor programma’s die erom vragen, stop dan het minen en start het weer. Dit levert het meeste op van wat huge pages opleveren, zonder geheugen te reserveren.',
      thpUnknown: 'Deze computer meldt ze niet.',
      aesFound: 'De CPU heeft AES-instructies.',
      aesMissing: 'De CPU heeft geen AES-instructies. Zonder die is minen veel trager.',
      aesFix:
        'Is dit een virtuele machine, zet het CPU-type ervan dan op ‘host’. Anders is deze CPU te oud om goed te minen.',
      aesUnknown:
        'De mining-engine kon niet worden geladen, dus de CPU kon niet worden gecontroleerd.',
      jitUsed: 'RandomX-programma’s draaien als gegenereerde machinecode ({{path}}).',
      jitMissing:
        'RandomX-programma’s worden geïnterpreteerd, wat vele malen trager is. Ofwel het systeem verbiedt gegenereerde code, ofwel deze CPU wordt niet ondersteund.',
      jitFix: 'Sta deze app in je beveiligingssoftware toe om gegenereerde code uit te voeren.',
      jitUnknown: 'Bekend zodra het minen is begonnen.',
      poolNone: 'Er is nog geen pool gekozen.',
      poolPractice: 'De oefenpool zit in deze app.',
      nameFound: '{{host}} is gevonden.',
      nameNotFound: '{{host}} kon niet worden opgezocht.',
      nameFix: 'Controleer de spelling van het pooladres en je internetverbinding.',
      nameByProxy: 'De proxy zoekt {{host}} op.',
      nameNotAsked: '{{host}} is niet opgezocht: dat doet de app alleen tijdens het minen.',
      tlsUsed: 'De verbinding is versleuteld.',
      tlsNotNeeded: 'De verbinding verlaat deze computer nooit.',
      tlsByTor: 'Tor versleutelt de verbinding met een onion-adres.',
      tlsMissing:
        'De verbinding is niet versleuteld. Iedereen tussen jou en de pool kan je adres lezen en je shares omleiden.',
      tlsFix: 'Gebruik de TLS-poort van de pool als die er is.',
      tlsMissingToNode:
        'De verbinding met de node is niet versleuteld. Iedereen tussen jou en de node kan je beloningen omleiden.',
      tlsFixOfNode: 'Maak via TLS verbinding met de node, of draai hem op deze computer.',
      clockKept: 'Een tijdserver houdt de klok gelijk.',
      clockBehind: 'De klok loopt maanden of jaren achter.',
      clockAlone: 'Geen tijdserver houdt de klok gelijk.',
      clockFix:
        'Zet in de instellingen van je systeem automatische tijd aan. Certificaten en de geschiedenis hebben de juiste tijd nodig.',
      clockUnknown:
        'De klok lijkt te kloppen. Dit systeem meldt niet of een tijdserver hem gelijk houdt.',
      virtualNo: 'Deze computer is geen virtuele machine.',
      virtualYes:
        'Dit is een virtuele machine. Om daarin te minen is het CPU-type ‘host’ nodig, en huge pages op de host helpen het meest.',
      virtualUnknown: 'Deze computer meldt niet of hij een virtuele machine is.',
      numaOne: 'Al het geheugen is even dicht bij de CPU.',
      numaMany:
        'Deze computer heeft {{nodes, integer}} geheugenknooppunten. Elk krijgt een eigen kopie van de dataset als er ruimte voor is.',
      numaUnknown:
        'De mining-engine kon niet worden geladen, dus de geheugenindeling is niet bekend.',
      temperatureKnown:
        'De temperatuur van de CPU is te lezen, dus de app kan minder hard minen als de CPU heet wordt.',
      temperatureUnknown:
        'De temperatuur van de CPU is hier niet te lezen, dus de app kan niet minder hard minen als de CPU heet wordt.',
      energyKnown: 'De CPU meldt hoeveel stroom hij verbruikt.',
      energyUnknown:
        'Het verbruik van de CPU is hier niet te lezen. Vul het in onder Opbrengst en kosten om te zien wat het minen kost.',
      energyClosed:
        'De CPU telt hoeveel energie hij verbruikt, maar op dit systeem mogen alleen beheerders dat lezen.',
      energyFix:
        'Laat elk programma het lezen: dan meet de app wat het minen kost en kan hij het CPU-vermogen beperken. Systemen houden het dicht omdat een programma eruit zou kunnen raden wat andere berekenen.',
      antivirusRare: 'Antivirusprogramma’s zitten op dit systeem zelden in de weg.',
      antivirusLikely:
        'Antivirusprogramma’s zien miners vaak als een bedreiging, ook als je ze zelf hebt geïnstalleerd. Blokkeert die van jou deze app, controleer dan de bestanden ervan onder Over en sta daarna deze map toe: {{folder}}.',
      batteryKnown: 'Het systeem meldt of het op de accu draait, dus ‘Pauzeren op accu’ werkt.',
      batteryUnknown: 'Er is geen accu gevonden, dus ‘Pauzeren op accu’ heeft geen effect.',
      idleKnown: 'Het systeem meldt of de computer in gebruik is.',
      idleUnknown: 'Dit bureaublad meldt niet of de computer in gebruik is.',
      trayShown: 'Het bureaublad toont systeemvakpictogrammen.',
      trayMissing:
        'Het bureaublad toont geen systeemvakpictogrammen, dus het venster blijft open tijdens het minen.',
      trayFix:
        'Installeer op GNOME de extensie ‘AppIndicator and KStatusNotifierItem Support’ en meld je opnieuw aan. Daarna kan het venster tijdens het minen verborgen worden. Op Debian en Ubuntu:',
    },
    report: {
      title: 'Ibctminer {{version}} op {{platform}}',
      cpu: 'CPU: {{name}}',
      state: 'Status: {{why}}',
    },
  },
  about: {
    lead: 'Monero minen met je eigen CPU. Er draait niets voordat je op Starten drukt.',
    version: 'Versie {{version}}',
    fee: '0% kosten',
    versions: 'Versies',
    application: 'Ibctminer',
    electron: 'Electron',
    chrome: 'Chromium',
    node: 'Node.js',
    platform: 'Systeem',
    library: 'Native bibliotheek (SHA-256)',
    libraryNone: 'Niet geladen',
    settingsFolder: 'Instellingenmap',
    oldElectron:
      'Deze build draait op Electron {{version}}, dat geen beveiligingsupdates meer krijgt: de officiële versie kon bij het bouwen niet worden gedownload. Hij is bedoeld voor ontwikkeling en tests. Geef hem niet door.',
    trust: 'Wat we beloven',
    rules: {
      start:
        'Er wordt niets gehasht voordat je akkoord gaat en op Starten drukt. Tot dan wordt een pool alleen benaderd als je hem test of meet.',
      visible:
        'Tijdens het minen is er een venster of systeemvakpictogram zichtbaar onder de eigen naam van de app.',
      fee: 'Je minet voor je eigen adres. De kosten zijn 0%.',
      practice: 'Oefenen en meten sturen naar niemand werk.',
      rights:
        'Hij geeft zichzelf nooit beheerdersrechten. Hij toont de opdrachten die ze nodig hebben, en voert er alleen een uit als jij op ‘Opdracht uitvoeren’ drukt en de vraag van het systeem zelf het toestaat.',
      system: 'Hij laadt geen driver en verandert geen antivirus- of energie-instellingen.',
      updates: 'Hij downloadt geen programma’s achter je rug om.',
      quit: 'Na het afsluiten blijft er geen proces achter.',
      privacy: 'Logboeken en rapporten laten je adres weg. Geen telemetrie.',
    },
    files: 'Zijn deze bestanden echt?',
    filesHint:
      'Vergelijkt elk bestand van deze app met de lijst die bij de uitgave is ondertekend. Er wordt niets verstuurd.',
    filesCompare: 'Vergelijken',
    filesComparing: 'Vergelijken…',
    filesUnsigned:
      'Deze build kwam zonder ondertekende lijst, zoals builds voor ontwikkeling. Waaruit hij is gemaakt, valt niet te zeggen.',
    filesSame_one: '{{count}} bestand is zoals het is uitgegeven ({{signedAs}}).',
    filesSame_other: 'Alle {{count}} bestanden zijn zoals ze zijn uitgegeven ({{signedAs}}).',
    filesDiffer:
      'Deze bestanden zijn niet zoals ze zijn uitgegeven. Installeer de app opnieuw uit een bron die je vertrouwt.',
    filesChanged: 'Veranderd: {{files}}',
    filesMissing: 'Ontbreekt: {{files}}',
    filesAdded: 'Niet van ons: {{files}}',
    filesOutside:
      'Een programma dat is veranderd, kan over zichzelf liegen. Van buitenaf, met de sleutel op de webpagina:',
    licences: 'Licenties',
    licence: 'Ibctminer is vrije software onder de MIT-licentie.',
    builtWith: 'Gebouwd met',
    links: 'Meer weten',
    howMiningWorks: 'Hoe minen werkt',
    hugePages: 'Huge pages uitgelegd',
    source: 'Broncode',
    getWallet: 'Een wallet kiezen',
  },
  connections: {
    title: 'Verbindingen',
    hint: 'Alles waarmee de app verbinding maakt of waarop hij luistert. De namen daaronder worden bij de nameserver van je systeem opgevraagd. Verder wordt er met niets contact gemaakt.',
    purpose: 'Waarvoor',
    place: 'Waar',
    last: 'Laatst geopend',
    bytes: 'Verzonden / ontvangen',
    bytesHint: 'De bytes worden geteld sinds de start van de app, inclusief versleuteling.',
    state: 'Nu',
    never: 'Niet sinds de start',
    on: 'Aan',
    off: 'Uit',
    anyPort: '{{host}}, een willekeurige vrije poort',
    purposes: {
      pool: 'Pool: werk en shares, met je walletadres. Terwijl je minet, en als je hem test.',
      node: 'Node: blokken om te minen, met je walletadres. Terwijl je minet, en als je hem test.',
      nodeNews: 'Node: nieuws over blokken, terwijl je minet.',
      latency:
        'Bekende pool: verbonden en weer verbroken, om de latentie te meten. Er wordt niets verstuurd. Als je erom vraagt.',
      account:
        'Web-API van de pool: je saldo daar, opgevraagd met je walletadres. Elke vijf minuten zolang je minet of ernaar kijkt, als je het hebt aangezet.',
      practice: 'Oefenpool, in de app. Terwijl je oefent.',
      updates:
        'Nieuwe versies: twee kleine bestanden, niets over jou. Eén keer per dag, als het in Instellingen aanstaat. Het programma zelf als je op Downloaden drukt.',
      api: 'Monitoring-API: programma’s op deze computer vragen, de app antwoordt. Als het in Instellingen aanstaat.',
    },
  },
  uninstall: {
    title: 'Verwijderen',
    hint: 'Toont alles wat de app op deze computer heeft gemaakt, en verwijdert wat je niet bewaart.',
    open: 'Verwijderen…',
    askTitle: 'Ibctminer verwijderen?',
    askText:
      'Dit is alles wat de app op deze computer heeft gemaakt. Het minen stopt, en wat je niet bewaart, wordt voorgoed verwijderd. Je munten zijn veilig: die staan in je wallet, niet in deze app.',
    nothing: 'De app heeft niets op deze computer geschreven.',
    made: {
      settings: 'Instellingen, walletadres en pools',
      history: 'Geschiedenis van het minen',
      logs: 'Logboeken',
      tuning: 'Prestatiemetingen',
      marker: 'Notitie dat er gemined wordt',
      window: 'Grootte en plaats van het venster',
      loginItem: 'Openen bij aanmelden',
      browser: 'Cache van het venster',
      lock: 'Notitie dat de app draait',
      update: 'Nieuwere versie, gedownload',
      folder: 'Map van de app',
    },
    keep: {
      settings: 'Instellingen, walletadres en pools bewaren',
      history: 'Geschiedenis bewaren',
      tuning: 'Prestatiemetingen bewaren (de terminalminer gebruikt ze ook)',
    },
    foreign: 'Niet door de app gemaakt, dus met rust gelaten: {{names}}',
    confirm: 'Minen stoppen en verwijderen',
    removing: 'Verwijderen…',
    doneTitle: 'Ibctminer heeft opgeruimd',
    partlyTitle: 'Niet alles kon worden verwijderd',
    doneText: 'Sluit nu af; al het andere zou er weer iets van aanmaken.',
    fates: {
      removed: 'Verwijderd',
      kept: 'Bewaard',
      atQuit: 'Verdwijnt bij het afsluiten',
      afterQuit: 'Verwijder dit na het afsluiten',
      failed: 'Kon niet worden verwijderd: {{problem}}',
    },
    programTitle: 'Het programma zelf',
    program: {
      deb: 'Het pakketbeheer van je systeem heeft het geïnstalleerd. Verwijder het met:',
      appImage: 'Het is één bestand. Verwijder het met:',
      folder: 'Het is de map die je hebt uitgepakt. Verwijder die met:',
      nsis: 'Verwijder het in Windows onder ‘Geïnstalleerde apps’, of met:',
      mac: 'Verplaats het naar de prullenmand, of verwijder het met:',
      source: 'Het draait vanuit de map met broncode. Verwijder die met:',
    },
    hugePagesTitle: 'Huge pages',
    hugePages_one:
      '{{count}} huge page is gereserveerd. De app doet dat nooit ongevraagd. Was het voor het minen, maak het dan ongedaan met:',
    hugePages_other:
      '{{count}} huge pages zijn gereserveerd. De app doet dat nooit ongevraagd. Was het voor het minen, maak het dan ongedaan met:',
    quit: 'Afsluiten',
  },
  close: {
    title: 'Ibctminer sluiten?',
    mining: 'Het minen kan op de achtergrond doorgaan, met een pictogram in het systeemvak.',
    idle: 'De app kan in het systeemvak blijven. Er wordt nu niet gemined.',
    noTray:
      'Dit bureaublad heeft geen systeemvak, dus de app kan niet op de achtergrond blijven draaien.',
    background: 'Op de achtergrond blijven draaien',
    quit: 'Afsluiten',
    quitMining: 'Minen stoppen en afsluiten',
    remember: 'Mijn keuze onthouden',
  },
  problem: {
    internal: 'Er ging iets mis in de app: {{reason}}',
    poolUrlEmpty: 'Voer het adres van een pool in, zoals pool.example.com:3333.',
    poolUrlWebPage:
      '{{scheme}}:// is een webpagina. Zoek daar het adres van de mining-poort van de pool, zoals pool.example.com:3333. Voor je eigen monerod schrijf je daemon+http://host:port.',
    poolUrlScheme:
      '{{scheme}}:// wordt niet ondersteund. Schrijf host:port, stratum+tcp://host:port of stratum+ssl://host:port.',
    poolUrlHost:
      '‘{{host}}’ is geen geldige hostnaam en geen geldig adres. Controleer de spelling.',
    poolUrlHostMissing: 'De host ontbreekt. Schrijf host:port, zoals pool.example.com:3333.',
    poolUrlBrackets: 'Zet een IPv6-adres tussen vierkante haken: [{{address}}]:3333.',
    poolUrlPort: '‘{{port}}’ is geen geldige poort. Poorten zijn getallen van 1 tot en met 65535.',
    poolUrlPortMissing: 'De poort ontbreekt. Schrijf host:port, zoals pool.example.com:3333.',
    poolUrlLogin:
      'Schrijf het adres zonder login: {{place}}. De login heeft een eigen veld (--login en --pass in de terminal).',
    connectionTimedOut:
      '{{place}} antwoordde niet op tijd. Controleer de host, de poort en je internetverbinding.',
    connectionRefused: '{{place}} weigerde de verbinding. Controleer de poort.',
    connectionFailed:
      '{{place}} was niet bereikbaar ({{reason}}). Controleer de host, de poort en je internetverbinding.',
    hostUnreachable: '{{place}} is van hieruit niet bereikbaar. Controleer je internetverbinding.',
    hostNotFound: '{{host}} is niet gevonden. Controleer de spelling.',
    nameServersSilent:
      '{{host}} kon niet worden opgezocht: geen nameserver antwoordde. Controleer je internetverbinding.',
    proxyUnreachable: 'De proxy kon niet worden gebruikt. {{why}}',
    proxyFailed:
      'De proxy kon {{place}} niet bereiken ({{reason}}). Controleer het adres van de pool en het logboek van de proxy.',
    tlsFailed:
      '{{place}} antwoordde niet via TLS. Zet TLS uit, of gebruik de TLS-poort van de pool.',
    tlsExpected: 'Dit is een TLS-poort. Zet TLS aan voor deze pool.',
    certificateNotTrusted:
      'Het certificaat wordt niet vertrouwd. {{why}} Vertrouw het alleen als je weet dat de vingerafdruk {{fingerprint}} is, of kies een andere pool.',
    certificateNotPinned:
      'Het certificaat is niet het certificaat dat je hebt vastgezet: verwacht {{pinned}}, gevonden {{found}}. Misschien onderschept iemand de verbinding. Is er een nieuw certificaat aangekondigd, zet dat dan vast.',
    certificateChanged:
      'Het certificaat is veranderd van {{first}} in {{found}}, en geen bekende instantie staat in voor het nieuwe. Misschien onderschept iemand de verbinding. Heb je je eigen P2Pool herstart, start dan het minen opnieuw om het te vertrouwen.',
    certificateExpired: 'Het is op {{day}} verlopen.',
    certificateNotYetValid:
      'Het is niet geldig vóór {{day}}. Controleer de klok van deze computer.',
    certificateSelfSigned: 'Het is zelfondertekend.',
    certificateUnknownAuthority: 'Geen instantie die deze computer kent, staat ervoor in.',
    certificateOfAnother: 'Het is uitgegeven voor {{names}}, niet voor {{name}}.',
    certificateUnverified: 'Het kon niet worden geverifieerd ({{reason}}).',
    loginTimedOut: 'De pool antwoordde niet binnen {{waitMs, duration}} op de login.',
    loginTooLong: 'Login, wachtwoord en rignaam zijn samen te lang. Maak ze korter.',
    loginMalformed: 'De pool accepteerde de login zonder een sessie-ID te geven.',
    sessionIdTooLong: 'De sessie-ID van de pool is te lang om terug te sturen.',
    loginRefused:
      'De pool weigerde de login: ‘{{said}}’. Controleer het walletadres en de instellingen van de pool.',
    loginFailed: 'De pool weigerde de login: ‘{{said}}’.',
    loginFailedSilently: 'De pool weigerde de login zonder reden te geven.',
    poolNotReady: 'De pool kan de login nu niet accepteren: ‘{{said}}’.',
    banned: 'De pool heeft deze computer een tijdje verbannen: ‘{{said}}’.',
    sessionLost: 'De pool is deze sessie vergeten: ‘{{said}}’.',
    noJob: 'De pool accepteerde de login, maar stuurde binnen {{waitMs, duration}} geen job.',
    noJobForLong: 'De pool heeft al {{waitMs, roughly}} geen job gestuurd.',
    sharesUnanswered_one: 'De pool antwoordde niet op de laatste share.',
    sharesUnanswered_other: 'De pool antwoordde niet op de laatste {{count}} shares.',
    noShareCounts_one: 'De laatste share telde niet. {{why}}',
    noShareCounts_other: 'Geen van de laatste {{count}} shares telde. {{why}}',
    sharesRefusedForNow:
      'Vijf shares op rij zijn geweigerd. {{why}} De app probeert deze pool later opnieuw.',
    sharesRefused:
      'Vijf shares op rij zijn geweigerd. {{why}} Het minen op deze pool is gestopt, omdat de uitkomsten van deze computer verkeerd kunnen zijn. Maak overklokken ongedaan, of probeer een andere pool.',
    poolNotReading: 'De pool leest niet meer wat hem wordt gestuurd.',
    tooMuchData: 'De pool stuurt veel meer gegevens dan een pool zou moeten. Controleer de poort.',
    lineTooLong: 'De pool stuurde een eindeloze regel. Controleer de poort.',
    notStratum: 'De pool spreekt het stratum-protocol niet. Controleer de poort.',
    webServer: 'Deze poort hoort bij een webserver. Zoek de mining-poort van de pool.',
    closed: 'De pool heeft de verbinding gesloten.',
    closedAtOnce: 'De pool sloot de verbinding zonder antwoord.',
    closedAtOnceTlsPerhaps:
      'De pool sloot de verbinding zonder antwoord. Is dit een TLS-poort, zet dan TLS aan voor deze pool.',
    connectionBroken: 'De pool heeft de verbinding verbroken.',
    connectionDied: 'De verbinding is weggevallen: de pool antwoordt niet meer.',
    connectionEnded: 'De verbinding eindigde ({{reason}}).',
    connectionRenewed:
      'De computer sliep, of zijn netwerk is veranderd. Er wordt opnieuw verbonden.',
    jobMalformed:
      'De pool stuurde een job waarin {{member}} ontbreekt of niet klopt. Hij is genegeerd.',
    jobsMalformed: 'De pool stuurt jobs die niet kloppen. {{why}}',
    jobIdTooLong: 'De pool stuurde een job waarvan de ID te lang is om terug te sturen.',
    algorithmUnknown:
      'De pool stuurde een job voor ‘{{said}}’, wat niet het algoritme van Monero is. Kies een andere pool of poort.',
    algorithmNotWanted:
      'De pool stuurde een job voor {{algorithm}}, maar alleen {{wanted}} mag worden gemined. Kies een andere pool of poort.',
    blockVersionUnknown:
      'De pool stuurde een blok van versie {{version}}, dat deze app niet kan minen. Kies een andere pool of poort.',
    blockLayoutUnknown:
      'De pool stuurde een blok met een onbekende opbouw. Kies een andere pool of poort, of zoek een update van deze app.',
    seedHashMissing:
      'De pool stuurde een RandomX-job zonder seed hash, die niemand kan minen. Kies een andere pool of poort.',
    jobGone: 'De job van deze share hoort bij een eerdere verbinding.',
    jobWithdrawn:
      'De pool heeft de job van deze share vervangen door een die niet gemined kan worden.',
    difficultyRaised: 'De pool heeft de difficulty van deze job intussen verhoogd.',
    blockChanged: 'De pool ging verder met een ander blok voordat de share was gevonden.',
    shareBelowTarget: 'De engine vond een share die zijn doel niet haalt. Hij is niet verstuurd.',
    shareNonceDiffers:
      'De nonce van de share verschilt van die in zijn blob. Hij is niet verstuurd.',
    shareNonceReserved:
      'De nonce van de share gebruikt een byte die voor de pool is gereserveerd. Hij is niet verstuurd.',
    shareRepeated: 'Dezelfde share is twee keer gevonden. Hij is één keer verstuurd.',
    tooManyShares: 'De pool vraagt zo weinig werk per share dat deze niet is verstuurd.',
    notConnected: 'Er was geen verbinding om de share te versturen.',
    shareUnanswered: 'De pool antwoordde niet binnen een minuut op deze share.',
    shareCutOff: 'De verbinding eindigde voordat de pool op deze share antwoordde.',
    poolLeft: 'De app verliet de pool voordat die op deze share antwoordde.',
    shareLate: 'De share kwam te laat bij de pool aan: ‘{{said}}’.',
    shareRefused: 'De pool weigerde een share: ‘{{said}}’.',
    shareRefusedSilently: 'De pool weigerde een share zonder reden te geven.',
    poolGivesNoWork: 'Deze pool geeft geen werk, maar een andere in je lijst wel.',
    earlierPoolWorks: 'Een pool hoger in je lijst werkt weer.',
    noPoolLeft: 'Geen enkele pool in de lijst werkt. {{why}}',
    nodeUrlEmpty: 'Voer het adres van een monerod in, zoals 127.0.0.1:18081.',
    nodeUrlScheme:
      'monerod is niet bereikbaar via {{scheme}}://. Schrijf host:port, http://host:port of https://host:port.',
    nodeUrlLogin:
      'De login in dit adres is niet te lezen. Schrijf user:password@host:port, met %40 voor @, %3A voor :, %2F voor / en %25 voor %.',
    nodeUrlPath: '‘{{path}}’ na het adres van de node is geen geldig pad. Laat het weg.',
    nodeUrlQuery:
      '‘{{query}}’ wordt niet ondersteund. Alleen ?zmq=PORT, de poort van --zmq-pub bij monerod, mag na het adres komen.',
    nodeLoginNeeded:
      'De node vraagt om een login. Voer de gebruikersnaam en het wachtwoord van zijn --rpc-login in.',
    nodeLoginRefused: 'De node weigerde de gebruikersnaam of het wachtwoord. Controleer beide.',
    nodeLoginUnknown:
      'De server vóór de node vraagt om een soort login die niet wordt ondersteund.',
    nodeLoginInClear:
      'De server vóór de node wil het wachtwoord als leesbare tekst. Gebruik TLS (https://), zodat niemand het kan lezen.',
    nodeRefused: 'De node antwoordde: ‘{{said}}’.',
    nodeHttpStatus:
      'De node antwoordde met HTTP-status {{status}}. Controleer of dit de RPC-poort van monerod is, en ook het pad als dat er is.',
    nodeNotMonerod:
      'Wat daar antwoordt, is niet monerod (gevraagd: {{asked}}). Controleer of dit zijn RPC-poort is.',
    nodeAnswerTooLong:
      'Het antwoord van de node is te lang. Controleer of dit de RPC-poort van monerod is.',
    nodeTimeout: 'De node antwoordde niet binnen {{limitMs, duration}}.',
    nodeClosed:
      '{{place}} sloot de verbinding zonder antwoord. Controleer of monerod draait en of dit zijn RPC-poort is. Misschien wil hij ook TLS (https://).',
    nodeNotHttp:
      '{{place}} spreekt geen HTTP. Controleer of dit de RPC-poort van monerod is. Misschien wil hij ook TLS (https://).',
    nodeConnectionLost: 'De verbinding met {{place}} is mislukt ({{reason}}).',
    nodeWrongNetwork:
      'De node zit op {{nodeNetwork}}, maar het walletadres op {{network}}. Gebruik een node van dat netwerk.',
    nodeSyncing:
      'De node is nog aan het synchroniseren. Het minen begint vanzelf als dat klaar is.',
    nodeSyncingAt:
      'De node is nog aan het synchroniseren (blok {{height, integer}} van {{target, integer}}). Het minen begint vanzelf als dat klaar is.',
    nodeUntrusted:
      'De node is nog aan het synchroniseren en geeft door wat een andere node zegt; een blok zou hij zo niet kunnen publiceren. Het minen begint vanzelf als dat klaar is.',
    nodeAddressRefused: 'De node accepteert dit walletadres niet. Controleer het.',
    nodeSubaddress:
      'Voor solo minen heb je een hoofdadres nodig, dat met 4 begint. Dit is een subadres.',
    nodeIntegrated:
      'Een node laat de payment ID van een geïntegreerd adres weg, dus niemand zou weten voor wie een beloning is. Voor solo minen heb je een hoofdadres nodig.',
    nodeOldBlock:
      'De node vraagt om een blok van versie {{version}}, van vóór RandomX. Controleer of de node gesynchroniseerd is.',
    nodeUnknownLayout:
      'De node vraagt om een blok met een onbekende opbouw (versie {{version}}). Zoek een update van deze app.',
    nodeOtherAlgorithm: 'De node vraagt om {{algorithm}}, maar alleen {{only}} mag worden gemined.',
    nodeUnproven:
      'Niets bewijst dat {{host}} jouw node is. Iedereen ertussen kan werk uitdelen dat iemand anders betaalt. Gebruik TLS met een certificaat dat je vertrouwt.',
    nodeNoPublisher: '{{place}} is niet de ZMQ-publisher van monerod.',
    nodeNotAnnouncing:
      'De node kondigt geen nieuwe blokken aan, dus de app vraagt er één keer per seconde om. Controleer --zmq-pub bij monerod. {{reason}}',
    blockSuperseded: 'De keten heeft een nieuwer blok dan dat waarop deze oplossing voortbouwt.',
    blockTemplateUsed:
      'Dit blok heeft al een oplossing. Een tweede kan niet aan de keten worden toegevoegd.',
    blockTooEasy: 'De hash haalt de difficulty van het blok niet.',
    blockOrphaned: 'Een ander blok van dezelfde hoogte was eerder.',
    blockMissing: 'De node accepteerde het blok, maar heeft het niet.',
    blockUndelivered: 'Het blok kon niet worden afgeleverd voordat het te laat was. {{reason}}',
    blockUnanswered: 'De app verliet de node voordat die op deze oplossing antwoordde.',
    practiceNoServer: 'De oefenpool kon op deze computer niet starten: {{reason}}.',
    addressMissing: 'Voer je Monero-adres in.',
    addressOtherCoin:
      'Dit lijkt een adres voor {{coin}}. Voer een Monero-adres in, dat met 4 of 8 begint.',
    addressIsSecret:
      'Dit lijkt een herstelzin of een geheime sleutel. Geef die nooit aan iemand: wie hem heeft, kan je geld nemen. Voer het adres van je wallet in, dat met 4 of 8 begint.',
    addressIsName:
      '‘{{name}}’ is een naam, geen adres. De app zoekt geen namen op. Voer het Monero-adres zelf in, dat je wallet toont.',
    addressWithMail:
      'Dit is een adres gevolgd door een workernaam of een e-mailadres. Voer alleen het adres in. Wil de pool meer in de login, gebruik dan het loginveld (--login in de terminal).',
    addressGap_one:
      'Na het eerste teken staat een spatie of regeleinde. Kopieer het adres opnieuw, in één stuk.',
    addressGap_other:
      'Na teken {{count}} staat een spatie of regeleinde. Kopieer het adres opnieuw, in één stuk.',
    addressForeign:
      'Teken {{position}} is verkeerd: ‘{{character}}’ komt nooit voor in een Monero-adres. Kopieer het adres opnieuw.',
    addressInvisible:
      'Teken {{position}} is onzichtbaar ({{character}}) en hoort niet in een adres. Kopieer het adres opnieuw, zonder iets eromheen.',
    addressTooShort_one:
      'Er ontbreekt één teken: een adres heeft er 95. Kopieer het hele adres opnieuw.',
    addressTooShort_other:
      'Dit is te kort voor een Monero-adres: er ontbreken {{count}} van de 95 tekens. Kopieer het hele adres opnieuw.',
    addressOneTooMany: 'Eén teken te veel: een adres heeft er 95. Kopieer het hele adres opnieuw.',
    addressTooLong:
      'Dit heeft {{length}} tekens. Een Monero-adres heeft er 95, een geïntegreerd adres 106. Kopieer het hele adres opnieuw.',
    addressWrongCharacter:
      'Eén teken is verkeerd: dat op positie {{position}}. Kopieer het adres opnieuw uit je wallet.',
    addressSwapped:
      'Twee tekens naast elkaar zijn verwisseld: posities {{first}} en {{second}}. Kopieer het adres opnieuw uit je wallet.',
    addressChecksum:
      'Sommige tekens van dit adres zijn verkeerd: de controlesom klopt niet. Kopieer het adres opnieuw uit je wallet.',
    addressUnknownKind:
      'Dit is geen Monero-adres, al klopt de controlesom. Kopieer het adres opnieuw uit je wallet.',
    addressTestNetwork:
      'Dit is een {{network}}-adres, waarop geen echt geld staat. Voer een adres op het hoofdnetwerk van Monero in.',
    addressWrongNetwork: 'Dit is een {{network}}-adres. Voer een {{wanted}}-adres in.',
    addressLinkOfWallet:
      'Deze link bevat de sleutels van een wallet. Plak hem nooit ergens. Voer alleen het adres in, dat met 4 of 8 begint.',
    addressLinkMalformed:
      'Deze betaallink is niet te lezen. Voer alleen het adres in, dat met 4 of 8 begint.',
    addressLinkPaymentId:
      'Deze betaallink heeft een payment ID, die bij het minen niet kan worden doorgegeven; je beloningen zouden verloren kunnen gaan. Gebruik het adres van een eigen wallet.',
    pictureUnreadable: 'De afbeelding kon niet worden gelezen: {{reason}}. Kies een andere.',
    pictureTooLarge:
      'Deze afbeelding is te groot: de grens is 10 MB en 40 megapixels. Snijd haar bij tot de QR-code en probeer het opnieuw.',
    pictureUnknown:
      'Dit is geen PNG- of JPEG-afbeelding, of ze is beschadigd. Sla de QR-code in een van deze formaten op en probeer het opnieuw.',
    pictureWithoutQr:
      'In deze afbeelding is geen QR-code gevonden. Snijd haar bij tot de QR-code, of plak het adres.',
    walletRig: 'De rignaam na de punt mag 1 tot 31 letters, cijfers, ‘-’ en ‘_’ hebben.',
    walletDifficulty: 'Schrijf na de ‘+’ de share-difficulty als geheel getal, zoals ADRES+10000.',
    engineMissing:
      'De mining-engine ontbreekt. Installeer de app opnieuw of voer in de repository ‘npm run set-up’ uit.',
    engineChanged:
      'De mining-engine is na het bouwen veranderd en is daarom niet geladen. Installeer de app opnieuw of voer in de repository ‘npm run set-up’ uit.',
    engineOutOfMemory:
      'Er is niet genoeg geheugen vrij. De lichte modus heeft ongeveer 256 MiB nodig, de snelle ongeveer 2,3 GiB. Sluit andere programma’s en start dan opnieuw.',
    enginePagesUnavailable:
      'Het systeem heeft te weinig geheugenpagina’s van de gevraagde grootte. Kies ‘auto’.',
    engineSelfTestFailed:
      'De engine berekende een verkeerde hash in zijn zelftest en minet daarom niet. Meld dit samen met je CPU-model.',
    engineThreadRefused: 'Het systeem weigerde nog een thread. Kies minder threads.',
    engineCpuUnsupported: 'Deze CPU mist een instructieset die de engine nodig heeft.',
    engineAlgorithmUnknown: 'Deze versie van de engine kent het algoritme niet. Werk de app bij.',
    engineFault: 'De mining-engine is uitgevallen: {{reason}}',
    engineWarning: 'De mining-engine draait door, maar meldt: {{reason}}',
    fastModeNeedsMemory:
      'De snelle modus heeft ongeveer 2,3 GiB vrij geheugen nodig, meer dan deze computer nu heeft. Het minen gaat door in de lichte modus, die enkele malen trager is.',
    fastPathWrong:
      'Een van de snelle manieren van hashen berekende een verkeerde hash in de zelftest en wordt niet gebruikt. Meld dit samen met je CPU-model.',
    generatedCodeForbidden:
      'Het systeem verbiedt gegenereerde code, dus de veel tragere interpreter wordt gebruikt. Sta deze app in je beveiligingssoftware toe om gegenereerde code uit te voeren.',
    wrongShare:
      'Een share bleek bij narekenen verkeerd en is daarom niet verstuurd. De CPU of het geheugen is instabiel: maak overklokken ongedaan en controleer de temperatuur.',
    shareUnchecked:
      'Er is een share gevonden, maar er was te weinig geheugen vrij om hem na te rekenen, dus hij is niet verstuurd. Sluit andere programma’s.',
    keyWaits:
      'Er is te weinig geheugen vrij voor de nieuwe sleutel van het netwerk. Het minen gaat vanzelf door zodra ongeveer 256 MiB vrij is. Sluit andere programma’s.',
    fewerThreads:
      'Het systeem weigerde een deel van de threads of hun geheugen. Het minen gaat door met de andere.',
    uncleanExit:
      'Niet automatisch gestart: Ibctminer is de vorige keer niet goed geëindigd. Druk op Starten om te minen.',
    noPlan: 'Er is nog niets om op te minen. Kies eerst een pool of oefenen.',
    noJobYet: 'Ingelogd, wacht op de eerste job.',
    noncesExhausted: 'Elke nonce van deze job is geprobeerd. Wacht op de volgende job.',
    stalled:
      'De hash-threads hebben al 10 seconden geen hash voltooid. Misschien is de computer erg druk of heeft hij geslapen.',
    answerNotAwaited: 'Het minen stopte voordat het antwoord op deze share kwam.',
    consentMissing: 'Ga eerst akkoord met minen op deze computer.',
    noPool: 'Kies eerst een pool of oefenen.',
    noWallet: 'Voer eerst het Monero-adres voor je beloningen in.',
    measuring: 'Deze computer wordt gemeten. Wacht tot dat klaar is, of annuleer het.',
    notStarted: 'Het minen kon niet worden gestart. Druk nog eens op Starten.',
    quitting: 'Ibctminer wordt zo afgesloten. Open het opnieuw om te minen.',
    miningNow: 'Stop eerst met minen. Het zou de meting vertekenen.',
    oldConsent: 'De tekst is veranderd. Lees hem opnieuw voordat je akkoord gaat.',
    noTrial: 'Vol vermogen is al afgelopen. Probeer het opnieuw om het te houden.',
    noPermission: 'geen toegang',
    diskReadOnly: 'de schijf is alleen-lezen',
    diskFull: 'de schijf is vol',
    fileTooLarge: 'het bestand is veel te groot',
    notAFile: 'het is geen bestand',
    systemSaid: 'het systeem meldt {{said}}',
    notJson: 'regel {{line}}, kolom {{column}} is geen geldige JSON',
    settingsWrong: '‘{{where}}’ klopt niet',
    notSettings: 'het bestand bevat geen instellingen',
    settingsFromNewer: 'ze zijn geschreven door een nieuwere versie van deze app',
    settingsSetAside:
      'Je instellingen konden niet worden gelezen: {{fault}}. De app is met nieuwe instellingen gestart en heeft het oude bestand bewaard als {{aside}}.',
    settingsUnusable:
      'Je instellingen in {{file}} konden niet worden gelezen: {{reason}}. De app is met nieuwe instellingen gestart en laat dat bestand met rust, dus je wijzigingen gelden alleen tot je afsluit. Herstel het bestand of de rechten ervan en start de app dan opnieuw.',
    settingsNotKept:
      'Je wijzigingen in de instellingen gelden alleen tot je afsluit: naar {{folder}} kan niet worden geschreven ({{reason}}).',
    settingsUnwritable:
      'De instellingen konden niet worden opgeslagen in {{file}}: {{reason}}. Controleer de vrije ruimte en de rechten en probeer het opnieuw.',
    tuningUnwritable:
      'De meting kon niet worden opgeslagen in {{file}}: {{reason}}. Controleer de vrije ruimte en de rechten en meet dan opnieuw.',
    historyUnwritable:
      'De geschiedenis kon niet worden opgeslagen in {{folder}}: {{reason}}. Het minen gaat door, en tot een dag geschiedenis blijft in het geheugen tot die kan worden opgeslagen.',
    historyUndeletable:
      'De geschiedenis in {{folder}} kon niet worden gewist: {{reason}}. Controleer de rechten van de bestanden en probeer het opnieuw.',
    exportUnwritable:
      'De geschiedenis kon niet worden geëxporteerd naar {{file}}: {{reason}}. Kies een andere map, of maak ruimte.',
    logUnwritable:
      'Het logboek kon niet worden opgeslagen in {{folder}}: {{reason}}. Het minen gaat door, en de laatste regels blijven in het geheugen.',
    logUnexportable:
      'Het logboek kon niet worden geëxporteerd naar {{file}}: {{reason}}. Kies een andere map, of maak ruimte.',
    folderUnopenable: 'De map {{folder}} kon niet worden geopend: {{said}}.',
    historyDamaged:
      'Een deel van de geschiedenis in {{file}} kon niet worden gelezen en is weggelaten. De rest is in orde.',
    addressReplaced:
      'Iemand anders heeft het walletadres in het instellingenbestand veranderd. Het minen gaat door voor het adres dat jij hebt bevestigd.',
    markerUnwritable:
      '{{file}} kon niet worden geschreven ({{reason}}). Als de app tijdens het minen crasht, weet hij dat bij de volgende start niet.',
    markerUnremovable:
      '{{file}} kon niet worden verwijderd ({{reason}}). Bij de volgende start denkt de app dat hij gecrasht is.',
    badInput: 'Het venster vroeg om iets wat de app niet kent ({{channel}}: {{reason}}).',
    untrustedSender: 'Deze pagina mag Ibctminer niet bedienen.',
    placeIsOfNode: 'Dit is het adres van een node. Kies ‘Eigen node’ om daarop te minen.',
    placeIsOfPool: 'Dit is het adres van een pool, niet van een node.',
    loginItemUnwritable:
      'Openen bij aanmelden kon niet worden gewijzigd ({{reason}}). Wijzig het in de instellingen van je systeem.',
    optionUnknown: '‘{{option}}’ is geen optie. Zie --help.',
    optionTakesNoValue: '--{{name}} krijgt geen waarde.',
    optionNeedsValue: '--{{name}} heeft een waarde nodig: --{{name}} {{value}}.',
    optionTwice: '--{{name}} is twee keer opgegeven. Geef het één keer op.',
    optionInvalid: '--{{name}}: {{reason}}',
    optionNotWith: '--{{name}} gaat niet samen met --{{other}}. Laat het weg.',
    optionNotWithFile:
      'Het bestand noemt zijn pools en hun logins, dus --{{name}} gaat er niet mee samen. Geef ook --pool op, of wijzig het bestand.',
    placeMissing:
      'Zeg waar je wilt minen: --pool HOST:PORT, --daemon URL of --practice (zie --help).',
    placesTooMany: 'Kies --{{one}} of --{{other}}.',
    nodeLoginInUrl:
      'Een node krijgt zijn login in de URL, niet via --{{name}}: --daemon http://USER:PASSWORD@HOST:PORT.',
    poolIsNode:
      '--pool: ‘{{url}}’ is het adres van een monerod. Gebruik in plaats daarvan --daemon.',
    walletMissingForNode:
      'Minen op een monerod vereist --wallet ADRES, dat de beloningen ontvangt.',
    walletMissingForPool: 'Minen op een pool vereist --wallet ADRES (of --login TEKST).',
    walletAndLogin: 'Geef --wallet of --login op, niet allebei.',
    nodeNeedsPrimaryAddress:
      '--wallet: minen op een monerod vereist een hoofdadres en verder niets. Het begint met 4 en heeft 95 tekens.',
    fingerprintInvalid:
      '--tls-fingerprint verwacht de SHA-256 van een certificaat: 64 hexadecimale cijfers.',
    algorithmNeedsPool: '--algo {{algorithm}} vereist een --pool die zulk werk heeft.',
    threadsInvalid:
      '--threads verwacht op deze computer een getal van 1 tot en met {{most}}, niet ‘{{given}}’.',
    choiceInvalid: '--{{name}} verwacht een van {{choices}}, niet ‘{{given}}’.',
    durationInvalid:
      '--duration verwacht seconden, meer dan 0 en hoogstens {{most}}, niet ‘{{given}}’.',
    tuneNotWith: '--tune meet en minet niet, dus het gaat niet samen met --{{name}}.',
    apiTokenAlone: '--api-token is voor de HTTP-API. Geef die ook een poort: --api-port N.',
    apiPortInvalid: '--api-port verwacht een getal van 1 tot en met 65535, niet ‘{{given}}’.',
    apiTokenInvalid:
      'De HTTP-API vereist --api-token TEKST: {{least}} of meer ASCII-tekens zonder spaties, die lezers moeten meesturen.',
    configTooLong: 'Het bestand ‘{{file}}’ is te groot voor een lijst met opties.',
    configUnreadable: 'Het bestand ‘{{file}}’ kon niet worden gelezen: {{reason}}',
    configNotJson:
      'Het bestand ‘{{file}}’ is geen geldige JSON (regel {{line}}, kolom {{column}}). Schrijf bijvoorbeeld {"practice": true}.',
    configNotAnObject:
      'Het bestand ‘{{file}}’ moet één object bevatten, zoals {"practice": true}, of de config.json van XMRig zijn.',
    configUnknownOption: 'In ‘{{file}}’: ‘{{name}}’ is geen optie. Gebruik de namen uit --help.',
    configNoFlag: 'In ‘{{file}}’ moet ‘{{name}}’ true of false zijn.',
    configNoText: 'In ‘{{file}}’ moet ‘{{name}}’ tekst zijn, zoals {{wanted}}.',
    fileMissing: 'dat bestand bestaat niet.',
    fileForbidden: 'je mag het niet lezen.',
    fileIsFolder: 'het is een map.',
    fileFault: 'het systeem meldt {{code}}.',
    xmrigNoPool: 'In het bestand van XMRig staat geen pool aan.',
    xmrigNoUrl: 'hij heeft geen adres.',
    xmrigPoolSkipped: 'De pool ‘{{pool}}’ in het bestand van XMRig wordt overgeslagen: {{reason}}',
    xmrigNotOurs: '‘{{what}}’ kan hier niet worden gemined.',
    xmrigSelfSelect: 'minen met je eigen bloksjablonen (self-select) wordt niet ondersteund.',
    xmrigPrivateKey:
      'Het bestand van XMRig bevat een privésleutel (spend-secret-key). Ibctminer leest er nooit een. Verwijder hem uit het bestand en probeer het opnieuw.',
    xmrigCpuOff:
      'Het bestand van XMRig zet minen op de CPU uit, en Ibctminer minet op niets anders.',
    xmrigIgnored: 'Deze instellingen in het bestand van XMRig hebben hier geen effect: {{names}}.',
    xmrigDonation:
      'Het donatieniveau van XMRig heeft geen effect: er is geen donatie en er zijn geen kosten.',
    xmrigPriority:
      'Hash-threads hebben hier altijd de laagste prioriteit, wat het bestand van XMRig ook zegt.',
    xmrigMsr:
      'Ibctminer verandert nooit CPU-registers (wrmsr). XMRig doet dat wel als het als root draait, en wint daarmee een paar procent.',
    xmrigGpu: 'Ibctminer minet alleen op de CPU. OpenCL en CUDA worden overgeslagen.',
    xmrigPauses:
      'Pauzeren op accu of terwijl de computer in gebruik is, kan alleen in de desktop-app.',
    xmrigApiNotLocal:
      'De HTTP-API in het bestand van XMRig luistert op {{host}}. Hier antwoordt die alleen deze computer, dus hij blijft uit. Gebruik --api-port.',
    xmrigApiToken:
      'De HTTP-API in het bestand van XMRig heeft geen toegangstoken van {{least}} of meer tekens, dus hij blijft uit. Gebruik --api-port en --api-token.',
    xmrigApiReadOnly: 'De HTTP-API is hier alleen-lezen.',
    apiPortTaken: 'Poort {{port}} is al in gebruik. Kies een andere voor de HTTP-API.',
    apiCannotListen:
      'De HTTP-API kon niet luisteren op poort {{port}} ({{reason}}). Kies een andere.',
    releaseKeyNone: 'Deze build heeft geen uitgavesleutel en kan dus niet zeggen wat echt is.',
    signatureUnreadable:
      'De handtekening is niet te lezen, dus niets wat eronder valt wordt vertrouwd.',
    signatureForeign:
      'Het bestand is niet met een sleutel van Ibctminer ondertekend en wordt daarom niet vertrouwd.',
    signatureWrong: 'De handtekening klopt niet: het bestand is na het ondertekenen veranderd.',
    releaseUnreadable: 'Wat de server over de nieuwste versie zegt, is niet te lezen.',
    fileListForeign: 'De bestandslijst is ondertekend, maar het is niet die van deze versie.',
    comparingNeedsMemory:
      'Vergelijken vereist 5 GiB vrij geheugen, voor twee datasets; {{bytes, gibibytes}} is vrij. Sluit andere programma’s en probeer het opnieuw.',
    commandFailed: 'De opdracht is mislukt: {{said}}',
    commandGone: 'Deze opdracht past niet meer bij deze computer. Controleer opnieuw.',
    promptOpen: 'De vraag van het systeem staat al open. Beantwoord die eerst.',
    comparingEnded: 'De meting is beëindigd voordat ze klaar was.',
    tariffUnreadable: '{{file}} kon niet worden gelezen: {{reason}}. Kies een ander bestand.',
    tariffColumns:
      'Regel {{line}} zou een uur en een prijs moeten bevatten, zoals 07:00;0,25, maar is ‘{{text}}’. Er is niets uit het bestand overgenomen.',
    tariffHour:
      'Regel {{line}}: ‘{{text}}’ is geen heel uur van 0 tot en met 23, zoals 7 of 07:00. Er is niets uit het bestand overgenomen.',
    tariffPrice:
      'Regel {{line}}: ‘{{text}}’ is geen prijs, zoals 0.25 of 0,25. Er is niets uit het bestand overgenomen.',
    tariffTwice:
      'Regel {{line}} geeft het uur {{hour}} een tweede prijs. Houd alleen de 24 uren van één dag over. Er is niets uit het bestand overgenomen.',
    tariffMissing:
      'Het bestand heeft geen prijs voor deze uren: {{hours}}. Het moet alle 24 uren van een dag bevatten. Er is niets uit overgenomen.',
    poolApiFailed: '{{host}} kon niet naar je saldo worden gevraagd. {{why}}',
    poolApiStatus: 'De server antwoordde met HTTP-status {{status}}. Probeer het later opnieuw.',
    poolApiRedirects:
      'De server stuurde de app door naar een andere server, wat de app niet volgt. Misschien is de web-API van de pool verhuisd.',
    poolApiTooLong: 'Het antwoord is langer dan {{size}} bytes en is daarom niet gelezen.',
    poolApiSilent:
      'De server maakte zijn antwoord niet binnen {{seconds}} s af. Probeer het later opnieuw.',
    poolApiBroken: 'De verbinding brak af ({{reason}}). Probeer het later opnieuw.',
    poolApiStrange:
      'Het antwoord is niet wat deze app verwacht. Misschien is de web-API van de pool veranderd.',
    poolApiNoAddress: 'De pool kent je adres nog niet. Na je eerste share daar wel.',
    releaseServer:
      'De updateserver {{host}} was niet te bevragen ({{reason}}). Probeer het later opnieuw.',
    updateChanged:
      'Wat is gedownload, is niet wat is ondertekend, en is daarom verwijderd. Probeer het opnieuw; helpt dat niet, kijk dan op de downloadpagina.',
    updateNotHere: 'Er is nog niets om te installeren. Download eerst de nieuwere versie.',
    updateAwaitsBlock: 'Er is een blok onderweg naar je node. Installeer als het is aangekomen.',
    updateNotOpened: 'Het systeem kon {{file}} niet openen ({{said}}).',
  },
  why: {
    needsConsent:
      'Er wordt niet gemined: je bent nog niet akkoord gegaan met minen op deze computer.',
    notStartedYet: 'Er wordt nog niet gemined: het begint als je op Starten drukt.',
    stoppedByUser: 'Door jou gestopt.',
    over: 'Gestopt: deze run is voorbij.',
    quitting:
      'Sluit af zodra je node het blok dat je vond heeft aangenomen. Sluit nog eens af om het op te geven.',
    connecting: 'Verbinden met de pool of node.',
    preparing: 'De eerste hash voorbereiden.',
    building: {
      only: 'Dataset opbouwen, {{progress, percent}}.',
      mining: 'Dataset opbouwen, {{progress, percent}}. Intussen minen in de lichte modus.',
      practising:
        'Dataset opbouwen, {{progress, percent}}. Intussen oefenen in de lichte modus, wat niets oplevert.',
    },
    mining: {
      fast: 'Aan het minen in de snelle modus.',
      light: 'Aan het minen in de lichte modus.',
    },
    practising: {
      fast: 'Aan het oefenen in de snelle modus, wat niets oplevert.',
      light: 'Aan het oefenen in de lichte modus, wat niets oplevert.',
    },
    paused: 'Gepauzeerd: {{reasons}}.',
    pausedFor: 'Gepauzeerd: {{reason}}, nog {{remainingMs, duration}} (tot {{end}}).',
    held: {
      heat_one: 'Beperkt tot {{count}} thread om koel te blijven.',
      heat_other: 'Beperkt tot {{count}} threads om koel te blijven.',
      watts_one: 'Beperkt tot {{count}} thread om stroom te besparen.',
      watts_other: 'Beperkt tot {{count}} threads om stroom te besparen.',
    },
    notScheduledYet: 'Wacht tot {{end}}, volgens je schema.',
    neverScheduled: 'Er wordt niet gemined: je schema heeft geen uren.',
    reasonUntil: '{{reason}} tot {{end}}',
    pausedBecause: {
      user: 'door jou',
      snooze: 'tijdelijk',
      battery: 'op accu',
      inUse: 'je gebruikt de computer',
      schedule: 'buiten de uren van het schema',
      heat: 'de CPU is te heet',
      fullScreen: 'er draait een programma op volledig scherm',
      metered: 'de internetverbinding heeft een datalimiet',
      listedProcess: 'er draait een programma uit je lijst',
    },
    goesOn: {
      user: 'Druk op ‘Hervatten’ om verder te gaan.',
      battery: 'Gaat verder op netstroom.',
      inUse: 'Gaat verder als je de computer met rust laat.',
      heat: 'Gaat verder als hij is afgekoeld.',
      fullScreen: 'Gaat verder als je het volledige scherm verlaat.',
      metered: 'Gaat verder via een andere verbinding.',
      listedProcess: 'Gaat verder als het gesloten is.',
    },
    retrying: 'Nieuwe poging over {{retryInMs, duration}}: {{problem}}',
  },
  log: {
    connected: 'Verbonden met {{place}}.',
    connectedEncrypted: 'Verbonden met {{place}} via TLS.',
    connectedByTls:
      'Verbonden met {{place}} via TLS. SHA-256 van het certificaat: {{fingerprint}}.',
    connectedPractice: 'Verbonden met de oefenpool, die niets oplevert.',
    loggedIn: 'Ingelogd.',
    job: 'Nieuwe job: {{algorithm}}, difficulty {{difficulty, integer}}.',
    jobAtHeight:
      'Nieuwe job: {{algorithm}}, difficulty {{difficulty, integer}}, hoogte {{height}}.',
    jobRefused: 'Job geweigerd. {{problem}}',
    shareAccepted: 'Share geaccepteerd (difficulty {{difficulty, integer}}, {{ms}} ms).',
    shareRejected: 'Share geweigerd. {{problem}}',
    shareStale: 'Share verouderd. {{problem}}',
    disconnected: '{{problem}} Volgende poging over {{retryInMs, duration}}.',
    givenUp: 'Opgegeven. {{problem}}',
    problem: '{{problem}}',
    notStartedAfterStop: 'Niet automatisch gestart: je hebt het minen de vorige keer gestopt.',
    notStartedAfterCrash:
      'Niet automatisch gestart: Ibctminer is de vorige keer niet goed geëindigd.',
    stoppedByFault: 'Het minen is gestopt door een interne fout: {{reason}}',
    newVersion: 'Versie {{version}} is beschikbaar. In Instellingen staat hoe je hem installeert.',
    fullPowerNotKept: 'Vol vermogen is niet gehouden. Terug naar de vorige instelling.',
  },
  tray: {
    start: 'Starten',
    stop: 'Stoppen',
    power: 'Vermogen',
    profile: {
      quiet: 'Stil',
      balanced: 'Gebalanceerd',
      full: 'Vol',
    },
    shares: 'Shares: {{accepted}} geaccepteerd, {{rejected}} geweigerd, {{stale}} verouderd',
    open: 'Ibctminer openen',
    settings: 'Instellingen…',
    quitMining: 'Afsluiten (stopt het minen)',
  },
  notification: {
    hidden:
      'Ibctminer blijft draaien in het systeemvak. Via het menu daar kun je het minen stoppen of afsluiten.',
    blockUnderWay:
      'Je hebt een blok gevonden. Ibctminer sluit af zodra je node het heeft aangenomen, binnen twee minuten. Sluit nog eens af om nu af te sluiten.',
    goesOn: 'Er wordt weer gemined.',
    poolDown: '{{host}} geeft al 2 minuten geen werk.',
    poolDownBecause: '{{host}} geeft al 2 minuten geen werk: {{why}}',
    poolBack: '{{host}} is terug.',
    noShares: 'Al {{times}} keer zo lang als verwacht geen share. Meer daarover in Geschiedenis.',
    rejects: 'De pool weigert {{part, percent}} van je shares.',
  },
  dialog: {
    quitStops: 'Afsluiten stopt het minen',
    quitStopsDetail:
      'Er worden geen shares meer gevonden tot je Ibctminer opent en het minen weer start.',
    noSandbox: 'Ibctminer draait niet zonder zijn sandbox',
    noSandboxDetail:
      'Het is gestart met --no-sandbox, waardoor een fout in het venster bij je bestanden zou kunnen. Start het zonder die optie; verbiedt je systeem de sandbox, installeer dan het Debian-pakket, dat de toestemming ervoor meebrengt.',
    pictures: 'Afbeeldingen',
    tables: 'Tabellen (CSV)',
    pageFails: 'Het venster blijft crashen',
    pageFailsDetail:
      'Het minen heeft er geen last van. Probeer het opnieuw, of sluit af en stop het minen.',
  },
  terminal: {
    what: 'Monero minen met je eigen CPU, in de terminal.',
    options: '[opties]',
    exit: 'Ctrl+C stopt. Afsluitcode: 0 na een stop, 2 bij verkeerd gebruik, 1 bij een fout die het minen beëindigt.',
    option: {
      pool: 'op deze pool minen; herhaal dit om reservepools toe te voegen',
      daemon: 'solo minen op een monerod: http://127.0.0.1:18081[/?zmq=PORT]',
      practice: 'op de ingebouwde oefenpool minen: echt werk, geen opbrengst',
      wallet: 'je Monero-adres, ook ADRES+DIFF of ADRES.RIG',
      login: 'wordt precies zoals ingevoerd naar de pool gestuurd, in plaats van --wallet',
      pass: 'wachtwoord voor de pool (standaard: x)',
      tls: 'TLS gebruiken; het eerste certificaat wordt getoond en voor deze run vastgezet',
      'tls-fingerprint': 'SHA-256 van het enige certificaat dat wordt geaccepteerd',
      'rig-id': 'naam van deze computer, die de pool toont',
      socks5: 'de pool via deze proxy bereiken',
      threads: 'aantal hash-threads',
      mode: 'fast heeft 2,3 GiB geheugen nodig, light 256 MiB',
      algo: 'alleen jobs van dit algoritme accepteren',
      'api-port': 'alleen-lezen HTTP-API op 127.0.0.1, voor dashboards',
      'api-token': 'wat lezers van de API moeten meesturen; 8 tekens of meer',
      inspect: 'elk bericht van en naar de pool tonen, zonder je adres',
      tune: 'deze computer ongeveer een minuut meten en de snelste instellingen bewaren; minet niet',
      'no-learning':
        'tijdens het minen geen andere instellingen (threads, hashes naast elkaar) proberen',
      config:
        'opties lezen uit een JSON-bestand, met de namen van hier, of uit de config.json van XMRig',
      duration: 'stoppen na dit aantal seconden',
      json: 'één JSON-object per regel weergeven',
      help: 'deze hulp tonen',
      version: 'de versie tonen',
    },
    demonstration:
      'Demonstratie: {{shares}} shares op de oefenpool in dit programma. Dit levert niets op. Ctrl+C stopt de demonstratie.',
    status:
      '{{h10s}} 10 s · {{h60s}} 60 s · {{h15m}} 15 min · {{accepted}} geaccepteerd, {{rejected}} geweigerd, {{stale}} verouderd',
    dataset: 'dataset {{progress, percent}}',
    practicePool: 'oefenpool',
    api: 'HTTP-API voor dashboards: {{url}}/2/summary en {{url}}/metrics',
    ended:
      'Geëindigd na {{ms, duration}}: {{accepted}} geaccepteerd, {{rejected}} geweigerd, {{stale}} verouderd, {{hashes, integer}} hashes.',
    tuneBegins:
      'Deze computer wordt ongeveer een minuut gemeten. Er wordt niets naar iemand verstuurd.',
    tunePoint: '{{threads}}, {{sideBySide}}: {{rate, hashrate}}',
    tuneKept: 'Bewaard voor {{algorithm}} in modus {{mode}}: {{best}}',
    forReal: 'Om echt te minen, op een computer die van jou is of die je hiervoor mag gebruiken:',
    forRealAlone: 'Of solo op je eigen monerod:',
    allOptions: 'Alle opties:',
  },
};
