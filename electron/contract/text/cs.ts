// Vykání, bez rodových tvarů. share — podíl, stale — zastaralý, node — uzel, huge pages — beze změny, practice — cvičení, Health — „Kontrola“, Logs — „Záznamy“.
import type { Catalogue } from './catalogues.ts';

export const cs: Catalogue = {
  app: {
    name: 'Ibctminer',
    what: 'Těží Monero na vašem procesoru',
    title: 'Ibctminer · {{screen}}',
    loading: 'Spouštění…',
    noBridgeTitle: 'Tato stránka patří do aplikace',
    noBridge: 'Otevřete Ibctminer. V prohlížeči se tato stránka nemá s čím spojit.',
    failedTitle: 'Aplikaci se nepodařilo načíst',
    retry: 'Zkusit znovu',
    silentTitle: 'Těžební proces neodpovídá',
    silent:
      'Stáří níže uvedených údajů: {{ago}}. Pokud se to nespraví, ukončete aplikaci a otevřete ji znovu. Ukončením se těžba zastaví.',
    practice: 'Cvičení',
    practiceBanner:
      'Cvičení: hashování je skutečné, ale z tohoto počítače nic neodchází a nic se nevydělává.',
    addressChanged:
      'Někdo jiný změnil adresu peněženky v souboru nastavení. Nová hodnota: {{found}}. Aplikace dál používá adresu, kterou máte potvrzenou: {{confirmed}}.',
    addressNone: 'žádná',
    addressKeep: 'Ponechat potvrzenou adresu',
    addressUse: 'Použít druhou adresu',
    dismiss: 'Zavřít',
    skipToContent: 'Přejít k obsahu',
  },
  nav: {
    label: 'Hlavní nabídka',
    dashboard: 'Přehled',
    history: 'Historie',
    pools: 'Pooly',
    settings: 'Nastavení',
    logs: 'Záznamy',
    health: 'Kontrola',
    about: 'O aplikaci',
  },
  commands: {
    title: 'Příkazy',
    search: 'Hledat příkazy',
    none: 'Takový příkaz neexistuje.',
    mining: 'Těžba',
    screens: 'Přejít na',
    settings: 'Nastavení: {{section}}',
    pause15: 'Pozastavit na 15 minut',
    pause60: 'Pozastavit na 1 hodinu',
    pause240: 'Pozastavit na 4 hodiny',
    pauseOpen: 'Pozastavit do odvolání',
    themeSystem: 'Motiv podle systému',
    themeLight: 'Světlý motiv',
    themeDark: 'Tmavý motiv',
    zoomIn: 'Zoom in', // untranslated
    zoomOut: 'Zoom out', // untranslated
    zoomReset: 'Actual size', // untranslated
    control: 'Ctrl',
  },
  tour: {
    title: 'Prohlídka přehledu',
    show: 'Ukázat prohlídku přehledu',
    progress: '{{step}} z {{count}}',
    next: 'Další',
    done: 'Hotovo',
    never: 'Příště neukazovat',
    steps: {
      state:
        'Tady nahoře aplikace vždy říká, jestli těží, a proč ano nebo ne. Vedle jsou tlačítka „Začít těžit“ a „Zastavit“, která působí okamžitě.',
      hashrate:
        'Kolik hashů tento počítač každou sekundu zkouší. Hodnota trochu kolísá, proto víc řeknou průměry za minutu a za čtvrt hodiny.',
      shares:
        'Podíl je hash natolik dobrý, že ho lze ukázat poolu, a ten za každý přijatý platí. Za zamítnuté a zastaralé neplatí; pár zastaralých je normální.',
      pool: 'Odkud přichází práce a komu se platí. Obtížnost říká, jak vzácný je podíl, ping zase, jak rychle pool odpovídá.',
      money:
        'Odhad, co zde těžba přináší a kolik stojí. Zadejte své ceny a uvidíte, jestli se vyplatí.',
      machine:
        'Co dělá každé vlákno a jaký druh paměti těžba dostala. Kontrola ukazuje, jak ji zrychlit.',
    },
  },
  state: {
    label: 'Stav těžby',
    needsConsent: 'Nenastaveno',
    stopped: 'Zastaveno',
    connecting: 'Připojování',
    preparing: 'Tvorba datasetu',
    preparingLight: 'Těžba v lehkém režimu',
    mining: 'Těžba',
    paused: 'Pozastaveno',
    waiting: 'Čekání',
    failed: 'Zastaveno kvůli problému',
    unknown: 'Čekání na těžební proces',
  },
  control: {
    start: 'Začít těžit',
    stop: 'Zastavit',
    pause: 'Pozastavit',
    pause15: '15 minut',
    pause60: '1 hodina',
    pause240: '4 hodiny',
    pauseOpen: 'Do odvolání',
    resume: 'Pokračovat',
    cancel: 'Zrušit',
    back: 'Zpět',
    continue: 'Další',
    save: 'Uložit',
    copyCommand: 'Kopírovat příkaz',
    runCommand: 'Spustit příkaz',
    copied: 'Zkopírováno',
  },
  consent: {
    text: 'Tato aplikace využívá váš procesor k těžbě Monera na adresu, kterou zadáte. Spotřebovává elektřinu, vydává teplo a hluk a může tento počítač zpomalit. Těžte jen na počítačích, které vám patří nebo které smíte používat. Těžba začne teprve po stisknutí tlačítka „Začít těžit“.',
    agree: 'Text znám a souhlasím',
    title: 'Než se cokoli spustí',
    changed: 'Tento text se od vašeho souhlasu změnil, proto se ptáme znovu.',
    promises: 'Na co se můžete spolehnout',
    promiseFee: 'Bez poplatku. Těžíte na svou adresu a na žádnou jinou.',
    promiseQuiet:
      'Bez telemetrie. Aplikace se připojuje k poolu nebo uzlu, který zvolíte, a k ničemu jinému, ledaže o to požádáte.',
    promiseStop: '„Zastavit“ účinkuje okamžitě a po „Ukončit“ nezůstane nic spuštěného.',
  },
  wizard: {
    label: 'Nastavení',
    progress: 'Krok {{step}} z {{count}}',
    consent: 'Souhlas',
    wallet: 'Peněženka',
    pool: 'Pool',
    power: 'Výkon',
    review: 'Souhrn',
  },
  wallet: {
    title: 'Kam mají jít vaše odměny?',
    lead: 'Vložte adresu pro příjem ze své vlastní peněženky Monero. Aplikace nikdy nechce klíče ani seed frázi. Kdo je chce, je podvodník.',
    address: 'Adresa peněženky Monero',
    placeholder: 'Začíná na 4 nebo 8',
    checking: 'Ověřování…',
    compare:
      'Porovnejte ji s adresou ve své peněžence, hlavně první a poslední znaky. Některý malware adresy ve schránce zaměňuje.',
    addressLabel: 'Adresa po osmi znacích',
    kinds: {
      standard: 'Toto je platná adresa Monero.',
      subaddress:
        'Toto je platná subadresa Monero. Většina poolů ji přijímá, ale sólo těžba vyžaduje primární adresu.',
      integrated: 'Toto je platná integrovaná adresa. Některé pooly ji nepřijímají.',
    },
    fromLink: 'Z tohoto platebního odkazu byla převzata jen adresa.',
    readPicture: 'Načíst QR kód z obrázku',
    none: 'Nemáte peněženku?',
    how: 'Nainstalujte si peněženku z getmonero.org nebo do telefonu, zapište si její seed frázi na papír a pak zkopírujte adresu, kterou ukazuje pod „Přijmout“.',
    getWallet: 'Otevřít getmonero.org',
    skip: 'Cvičit bez peněženky',
  },
  pool: {
    title: 'Odkud má přicházet práce?',
    lead: 'Pool rozdává práci a platí za vaše podíly. Lepší je malý: Monero je nejbezpečnější, když žádný pool není velký, a dlouhodobě platí všechny stejně, po odečtení poplatku. Ještě lepší je P2Pool: nemá provozovatele ani poplatek.',
    sizes: 'Podívat se, jak je který pool velký',
    choices: 'Zdroj práce',
    own: 'Jiný pool',
    ownHint: 'Libovolný pool pro Monero, podle adresy',
    proxy: 'xmrig-proxy',
    proxyHint: 'Vaše vlastní proxy, která zná váš pool a peněženku',
    p2pool: 'Vlastní P2Pool',
    p2poolHint:
      'Decentralizovaný, bez poplatku. Potřebuje monerod a P2Pool, na tomto nebo jiném počítači',
    node: 'Vlastní uzel',
    nodeHint:
      'Sólo těžba s vlastním monerod, zde nebo kdekoli ve vaší síti. Bloky jsou vzácné, ale celá odměna je vaše',
    practice: 'Cvičný pool',
    practiceHint: 'Vyzkoušejte vše na tomto počítači, bez internetu a bez výdělku',
    earnsNothing: 'Nic nevydělává',
    encrypted: 'Šifrováno (TLS)',
    tlsShort: 'TLS',
    plain: 'Nešifrováno',
    needsWallet: 'Vyžaduje adresu peněženky',
    known: 'Známé pooly',
    recommended: 'Pro Monero nejlepší',
    measure: 'Změřit odezvu',
    measuring: 'Měření…',
    measureHint:
      'Připojí se přímo ke každému z těchto poolů a hned se odpojí. Vaše adresa se neodesílá.',
    nearest:
      'Nejbližší: {{name}}, {{ms}} ms. Na vzdálenosti málo záleží: každých 100 ms stojí méně než 0,1\u00a0% vašich podílů.',
    noneReached: 'Žádný z těchto poolů není dostupný. Zkontrolujte připojení k internetu.',
    /** Of a connection that was only measured. */
    latencies: {
      refused: 'Odmítá spojení',
      notFound: 'Nenalezen',
      offline: 'Nedostupný',
      silent: 'Bez odpovědi',
      certificate: 'Certifikát není důvěryhodný',
      failed: 'Nefunguje',
    },
    fee: 'Poplatek {{percent}}\u00a0%',
    facts: {
      title: 'Informace: {{name}}',
      region: 'Servery',
      ports: 'Porty',
      fee: 'Poplatek',
      payout: 'Nejnižší výplata',
      onItsPage: 'Uvedeno na jeho webu',
      percent: '{{percent}}\u00a0%',
      amount: '{{amount}} XMR',
      source: 'Zdroj',
      sourceOf: '{{source}}, {{date}}. Ověřte si to na webu poolu.',
      open: 'Otevřít {{page}}',
    },
    regions: {
      global: 'Několik oblastí; název vede k některé blízké',
      europe: 'Evropa',
      unknown: 'Neznámo',
    },
    sources: {
      pool: 'Stránky, které pool sám zveřejnil',
      lists: 'Stránky, které pool sám zveřejnil; poplatek z veřejných seznamů poolů',
      configurations: 'Veřejné konfigurace těžebních programů',
    },
    address: 'Adresa poolu',
    addressHint: 'Například pool.example.org:443',
    nodeAddress: 'Adresa uzlu',
    nodeAddressHint: 'Například 127.0.0.1:18081',
    tls: 'Šifrovat spojení (TLS)',
    p2poolPays:
      'P2Pool vyplácí peněžence, se kterou byl spuštěn: --wallet (primární adresa), nebo --subaddress, pokud byla zadána. Přihlašovací jméno z této aplikace je jen název.',
    proxyPays:
      'Proxy těží pro peněženku ze svého vlastního nastavení. Přihlašovací jméno z této aplikace je jen název.',
    ownFacts:
      'Fee {{percent}}%, smallest payout about {{amount}} XMR, says P2Pool’s README of {{date}}.', // untranslated
    noTls:
      'Bez TLS může kdokoli mezi vámi a poolem přečíst vaši adresu a přesměrovat vaše podíly. Použijte TLS port poolu, pokud nějaký má.',
    noTlsNode:
      'Bez TLS může kdokoli mezi vámi a uzlem přesměrovat vaše odměny. Dělejte to jen v síti, které důvěřujete.',
    noTlsConfirm: 'Připojovat se bez šifrování',
    test: 'Otestovat spojení',
    testing: 'Testování…',
    testOk: 'Funguje',
    testFailed: 'Nefunguje',
    testJob: 'Odpověď přišla za {{ms}} ms a s ní práce, kterou tato aplikace umí těžit.',
    trusted: 'Jeho certifikátu důvěřujete.',
    fingerprint: 'Certifikát: {{fingerprint}}',
    remedy: {
      none: 'Připojovat se bez TLS',
      authority: 'Použít TLS',
      pinned: 'Důvěřovat certifikátu',
    },
  },
  power: {
    title: 'Jak usilovně má pracovat?',
    lead: 'Můžete to kdykoli změnit, i během těžby.',
    profiles: 'Výkon',
    quiet: 'Tichý',
    quietHint: 'Při práci téměř nepostřehnete',
    balanced: 'Střední',
    balancedHint: 'Polovinu počítače nechává vám',
    full: 'Plný',
    fullHint: 'Všechna užitečná vlákna: hlučnější, teplejší a pro vás pomalejší',
    custom: 'Vlastní',
    customHint: 'Zvolte počet vláken',
    threads_one: '{{count}} vlákno',
    threads_few: '{{count}} vlákna',
    threads_many: '{{count}} vlákna',
    threads_other: '{{count}} vláken',
    ofThreads: '{{threads}} z {{available}}',
    threadCount: 'Vlákna',
    cpu: '{{model}} · logické procesory: {{available}}',
    times: 'Kdy má běžet',
    battery: 'Pozastavit na baterii',
    batteryHint: 'Při napájení ze sítě pokračuje',
    batteryBelow: 'Na baterii pozastavit',
    batteryAlways: 'vždy',
    batteryCharge: 'při nabití pod {{charge, percent}}',
    idle: 'Těžit jen při nečinnosti počítače',
    idleHint:
      'Pozastaví se, jakmile sáhnete na myš nebo klávesnici. Zamknutá obrazovka se počítá jako nečinnost.',
    idleAfter: 'Nečinný po',
    minutes_one: '{{count}} minutě',
    minutes_few: '{{count}} minutách',
    minutes_many: '{{count}} minuty',
    minutes_other: '{{count}} minutách',
    notAvailable: 'Nedostupné: tento systém to nehlásí.',
    fullTitle: 'Použít plný výkon?',
    fullText:
      'Těžit budou všechna užitečná vlákna, takže počítač bude hlučnější, teplejší a pomalejší. Po 30 sekundách se aplikace vrátí k nynějšímu nastavení, pokud si plný výkon neponecháte.',
    fullConfirm: 'Zkusit plný výkon',
    trial: 'Plný výkon skončí za {{seconds}} s, pokud si ho neponecháte.',
    trialWaiting:
      'Plný výkon začne spolu s těžbou a po 30 sekundách skončí, pokud si ho neponecháte.',
    keep: 'Ponechat plný výkon',
    revert: 'Vrátit hned',
  },
  tuning: {
    title: 'Ladění výkonu',
    hint: 'Asi minutu zkouší různé počty vláken a různé počty hashů počítaných v každém vlákně najednou, pak použije nejrychlejší kombinaci. Nic se neodesílá a nic se nevydělává.',
    notWhileMining: 'Nejdřív zastavte těžbu. Zkreslila by měření.',
    whileMining: 'Ladit během těžby',
    whileMiningHint:
      'V prvních minutách těžby zkouší postupně jiná nastavení a nechá si nejrychlejší. Každý hash se přesto počítá. Dokud teplota omezuje vlákna, čeká.',
    trying: 'Zkouší se: {{threads}}, {{hashes}}.',
    measure: 'Změřit',
    measureAgain: 'Změřit znovu',
    progress: 'Měření',
    curve: 'Hashrate podle počtu vláken',
    best_one: 'Nejrychlejší: {{count}} vlákno, {{hashes}}, {{rate}}.',
    best_few: 'Nejrychlejší: {{count}} vlákna, {{hashes}}, {{rate}}.',
    best_many: 'Nejrychlejší: {{count}} vlákna, {{hashes}}, {{rate}}.',
    best_other: 'Nejrychlejší: {{count}} vláken, {{hashes}}, {{rate}}.',
    sideBySide_one: 'po jednom hashi',
    sideBySide_few: '{{count}} hashe najednou',
    sideBySide_many: '{{count}} hashe najednou',
    sideBySide_other: '{{count}} hashů najednou',
    measuredAt: 'Změřeno {{date}}, režim: {{mode}}.',
    fast: 'rychlý',
    light: 'lehký',
  },
  review: {
    title: 'Hotovo. Zatím nic neběží',
    lead: 'Těžba začne, až na další obrazovce stisknete „Začít těžit“.',
    walletNone: 'Žádná (jen cvičení)',
    power: '{{profile}}, {{threads}}',
    rules: 'Pravidla',
    noRules: 'Žádná',
    finish: 'Dokončit nastavení',
    edit: 'Změnit',
  },
  dashboard: {
    hashrate: 'Hashrate',
    over10s: '10 s',
    over60s: '60 s',
    over15m: '15 min',
    chart: 'Hashrate, nejvýše za posledních 15 minut',
    chartEmpty: 'Graf začne prvními hashi.',
    showTable: 'Zobrazit jako tabulku',
    minute: 'Minuta',
    average: 'Průměr',
    shares: 'Podíly',
    accepted: 'Přijaté',
    rejected: 'Zamítnuté',
    stale: 'Zastaralé',
    sharesIdle:
      'Podíl je doklad o odvedené práci, za který pool platí. Vaše podíly se tu objeví, jakmile začnete těžit.',
    firstShare: 'První podíl se čeká asi za {{time}}.',
    nextShare: 'Při této obtížnosti asi jeden podíl za {{time}}.',
    noShare: {
      normal:
        'Žádný podíl za {{time}} je při této obtížnosti normální (pravděpodobnost: {{chance}}).',
      unlucky: 'Žádný podíl za {{time}} je smůla, ale stává se to (pravděpodobnost: {{chance}}).',
      unusual:
        'Žádný podíl za {{time}} je neobvyklý (pravděpodobnost: {{chance}}). Podívejte se do Kontroly a Záznamů, zda není problém s poolem nebo s tímto počítačem.',
    },
    luck: 'Nalezeno: {{found}}; podle dosavadních hashů se čekalo: {{expected}}.',
    connection: 'Pool',
    host: 'Server',
    paidTo: 'Příjemce',
    paidToKnown: 'Adresa nastavená tam',
    local: 'na tomto počítači',
    byTor: 'šifruje Tor',
    connectedFor: 'Doba spojení',
    ms: '{{ms}} ms',
    noPool: 'Dokud nestisknete „Začít těžit“, nic není připojeno.',
    willConnect: 'Připojí se k',
    algorithm: 'Algoritmus',
    difficulty: 'Obtížnost',
    height: 'Výška',
    ping: 'Ping',
    uptime: 'Doba běhu',
    temperature: 'Teplota CPU',
    power: 'Příkon CPU',
    watts: '{{watts}}\u00a0W',
    efficiency: 'Účinnost',
    joulesPerMegahash: '{{joules}}\u00a0J/MH',
    link: {
      offline: 'Offline',
      connecting: 'Připojování',
      loggedIn: 'Připojeno',
      waiting: 'Čeká na spojení',
    },
    retryIn: 'Další pokus za {{seconds}} s',
    threads: 'Vlákna',
    threadsOf: '{{count}} z {{available}} logických procesorů',
    cpu: 'CPU {{cpu}}',
    threadsIdle: 'Zde každé hashovací vlákno ukazuje svůj hashrate.',
    engine: 'Paměť',
    datasetHint: 'Asi 2 GiB, vytvoří se jednou a během těžby zůstává.',
    mode: 'Režim',
    modes: {
      light: 'Lehký (256 MiB, pomalý)',
      fast: 'Rychlý (2 GiB)',
    },
    region: {
      dataset: 'Dataset',
      cache: 'Cache',
      scratchpads: 'Scratchpady',
    },
    page: {
      '1g': 'Stránky 1 GiB',
      '2m': 'Stránky 2 MiB',
      thp: 'Transparent huge pages',
      '4k': 'Stránky 4 KiB',
      none: 'Nepřiděleno',
    },
    pagesGood: 'Huge pages se používají. Rychlejší už paměť nebude.',
    pagesPartly:
      'Transparent huge pages pomáhají. Vyhrazené huge pages po 2 MiB bývají ještě rychlejší.',
    pagesSmall:
      'Malé stránky těžbu zpomalují. V Kontrole najdete přesný příkaz, který zapne huge pages.',
    engineIdle: 'Když se netěží, žádná paměť není zabraná.',
    openHealth: 'Otevřít Kontrolu',
    openPools: 'Otevřít Pooly',
    openLogs: 'Otevřít Záznamy',
  },
  money: {
    title: 'Výdělek a náklady',
    edit: 'Upravit údaje',
    practice: 'Cvičení nic nevydělává. Tolik by stejný hashrate přinesl v síti Monero.',
    empty:
      'Zde uvidíte, co těžba přináší a co stojí: odhad se vším, z čeho se skládá. Bez vašeho svolení se na internetu nic nezjišťuje.',
    brings: 'Přinese za den',
    worth: 'Hodnota',
    costs: 'Náklady za den',
    net: 'Čistě za den',
    energy: 'Energie na megahash',
    xmr: '{{xmr}}\u00a0XMR',
    joules: '{{joules}}\u00a0J',
    costsMore: 'Těžba stojí víc, než přináší',
    costsMoreText:
      'Při tomto hashratu je ztráta v průměru asi {{lost}} za den. Tišší nastavení výkonu často přináší víc na watt.',
    mostDays: 'Čtyři dny z pěti přinesou od {{low}} do {{high}}',
    mostDaysNothing: 'Devět dnů z deseti nebo víc nepřinese nic',
    mostDaysNet: 'Po odečtení elektřiny je to od {{low}} do {{high}}.',
    nothing: 'Pravděpodobnost, že za 24 hodin nebude vůbec nic: {{chance}}.',
    unit: {
      block:
        'V průměru najdete jeden blok za {{time}} a dostanete ho celý: {{xmr}} XMR. Rozpětí je dáno štěstím při hledání bloků.',
      share:
        'V průměru najdete jeden podíl za {{time}} v hodnotě {{xmr}} XMR. Rozpětí je dáno štěstím s vlastními podíly; k němu se přidává štěstí poolu a jeho poplatek.',
      p2poolShare:
        'V průměru najdete jeden placený podíl P2Poolu za {{time}} v hodnotě {{xmr}} XMR. Rozpětí je dáno štěstím s těmito podíly.',
    },
    noPromise:
      'Při tomto hashratu, v průměru, za 24 hodin těžby. Je to odhad, ne slib: obtížnost a cena se stále mění.',
    needed: 'Ještě chybí:',
    need: {
      rate: 'váš hashrate, který bude známý po minutě těžby',
      network:
        'obtížnost a odměna sítě, které sděluje vlastní uzel, P2Pool a některé pooly; jinak je zadejte',
      price: 'cena Monera',
      watts: 'příkon těžby ve wattech',
      tariff: 'cena elektřiny',
    },
    madeOf: 'Z čeho se to skládá',
    input: {
      rate: 'Hashrate',
      difficulty: 'Obtížnost sítě',
      reward: 'Odměna za blok',
      price: 'Cena 1 XMR',
      watts: 'Příkon',
      tariff: 'Cena 1 kWh',
    },
    source: {
      rate: 'změřeno zde, {{time}}',
      node: 'z vašeho uzlu, {{time}}',
      p2pool: 'z P2Poolu, {{time}}',
      pool: 'z poolu, {{time}}',
      typed: 'zadáno, {{time}}',
      tariffMean: 'průměr hodin těžby, zadáno, {{time}}',
      measured: 'jen procesory, změřeno, {{time}}',
    },
    p2poolFault: {
      notFound:
        'V zadané složce nejsou údaje P2Poolu. Měly by v ní být network/stats a pool/stats.',
      old: 'Údaje P2Poolu v zadané složce jsou starší než deset minut. Běží P2Pool?',
    },
    dialogText:
      'Vše zůstává na tomto počítači a každý údaj si pamatuje datum zadání. Co nevíte, nechte prázdné.',
    priceLabel: 'Cena 1 XMR',
    priceHint: 'Dnešní cena ze zdroje, kterému důvěřujete.',
    currencyLabel: 'Měna',
    currencyHint: 'Tři písmena: EUR, USD.',
    tariffLabel: 'Cena 1 kWh',
    tariffHint: 'Ve stejné měně, z vašeho vyúčtování elektřiny.',
    windowsLabel: 'Jiné ceny v určité hodiny',
    windowsHint:
      'Každý den podle hodin tohoto počítače, například 22-6: 0,18; 12-14: 0,25. Ve všech ostatních hodinách platí cena výše. S tímto údajem se může Rozvrh držet nejlevnějších hodin.',
    readTariff: 'Načíst ceny ze souboru CSV',
    readTariffHint:
      'Od vašeho dodavatele elektřiny: na každém řádku hodina a její cena za 1 kWh, například 07:00;0,25, pro všech 24 hodin jednoho dne.',
    notWindows: 'Zapište hodiny a ceny jako 22-6: 0,18, více položek oddělte středníkem.',
    wattsLabel: 'Příkon těžby ve wattech',
    wattsHint:
      'Co ukazuje měřič v zásuvce při těžbě, minus co ukazuje v klidu. Tento počítač sám nic nehlásí.',
    wattsMeasured:
      'Nechte prázdné, chcete-li použít {{watts}} W, které hlásí samy procesory; deska, paměť a zdroj často přidají 10 až 20\u00a0%. Nejlepší je měřič v zásuvce: co ukazuje při těžbě, minus co ukazuje v klidu.',
    wattsLimit:
      'Co ukazuje měřič v zásuvce při těžbě, minus co ukazuje v klidu. Samy procesory jsou nastavené tak, aby nepřekročily {{watts}} W.',
    difficultyLabel: 'Obtížnost sítě',
    difficultyHint:
      'Například 600 G. Ukazují ji průzkumníky bloků. S vlastním uzlem nebo P2Poolem není potřeba.',
    rewardLabel: 'Odměna za blok v XMR',
    rewardHint: '0,6 a poplatky v bloku.',
    folderLabel: 'Údaje P2Poolu',
    folderHint:
      'The folder that P2Pool was given as --data-api, if it runs on this computer. With --local-api, what you send is also compared with what P2Pool counts.', // untranslated
    notNumber: 'Zadejte číslo, například 0,30.',
    notAboveZero: 'Zadejte číslo větší než 0, například 0,30.',
    notCurrency: 'Zadejte tři písmena měny, například EUR.',
  },
  account: {
    switch: 'Ptát se poolu {{pool}} na váš zůstatek',
    hint: 'Odesílá adresu vaší peněženky na {{host}} každých pět minut, když těžíte nebo se sem díváte. Je to druhé, šifrované spojení vedle toho, kterým se těží.',
    hintProxy:
      'Odesílá adresu vaší peněženky na {{host}} každých pět minut, když těžíte nebo se sem díváte. Je to druhé, šifrované spojení vedle toho, kterým se těží, a vede přes vaši proxy {{proxy}}.',
    title: 'Co říká {{pool}}',
    asking: 'Dotaz na {{host}}…',
    due: 'Zůstatek',
    paid: 'Dosud vyplaceno',
    payout: 'Nejmenší výplata',
    rate: 'Váš hashrate tam',
    said: 'Stav k {{time}}, za všechny počítače, které těží na vaši adresu.',
    credit: {
      tooShort:
        'Odesláno a připsáno: na posouzení je brzy. Je potřeba hodina a asi 50 přijatých podílů.',
      within: 'Z odeslaného za {{time}} připsal pool {{pool}} {{percent}}: v mezích náhody.',
      less: 'Z odeslaného za {{time}} připsal pool {{pool}} {{percent}}: méně, než připouští náhoda. Zeptejte se poolu proč.',
      lessOwn:
        'Of what you sent in {{time}}, {{pool}} counted {{percent}}: less than chance allows. Its log may say why.', // untranslated
      more: 'Z odeslaného za {{time}} připsal pool {{pool}} {{percent}}: více, než odeslala tato aplikace. Těží na vaši adresu i jiné počítače?',
      how: 'Jak se to porovnává',
      title: 'Odesláno a připsáno',
      span: 'Mezi dvěma odpověďmi poolu',
      shares: 'Přijaté podíly',
      sent: 'Odesláno, v hashích',
      credited: 'Připsáno, v hashích',
      chance: 'Náhoda připouští',
      range: '{{low}} až {{high}}',
      explanation:
        'Každý podíl se počítá za tolik hashů, kolik činí jeho obtížnost. Podíly přicházejí náhodně a pool je sčítá ve svůj čas, takže oba součty nejsou nikdy úplně stejné: v 99 případech ze 100 udrží samotná náhoda připsané množství v tomto rozmezí. Pool počítá i to, co na vaši adresu těží jiné počítače.',
    },
  },
  history: {
    span: 'Zobrazené období',
    spans: {
      quarterHour: '15 min',
      day: '24 h',
      month: '30 dnů',
      year: '1 rok',
    },
    kind: 'Co se zobrazuje',
    kinds: {
      mining: 'Těžba',
      practice: 'Cvičení',
    },
    loading: 'Načítání historie…',
    failedTitle: 'Historii se nepodařilo načíst',
    emptyTitle: {
      mining: 'Zatím žádná historie',
      practice: 'Zatím žádné cvičení',
    },
    empty: {
      mining:
        'Ukládá se sem každá minuta těžby, jen na tomto počítači. Historie začne, až stisknete „Začít těžit“.',
      practice:
        'Cvičení se ukládá odděleně od těžby a nikdy se s ní nesčítá. Zkuste cvičný pool a objeví se tady.',
    },
    average: 'Průměr',
    mined: 'Doba těžby',
    hashes: 'Hashe',
    hashrate: 'Hashrate',
    chart: {
      quarterHour: 'Hashrate za posledních 15 minut',
      day: 'Hashrate za posledních 24 hodin',
      month: 'Hashrate za posledních 30 dnů',
      year: 'Hashrate za poslední rok',
    },
    nothing: {
      quarterHour: 'Za posledních 15 minut se netěžilo.',
      day: 'Za posledních 24 hodin se netěžilo.',
      month: 'Za posledních 30 dnů se netěžilo.',
      year: 'Za poslední rok se netěžilo.',
    },
    hint: 'Hodnoty zjistíte, když na graf ukážete nebo použijete klávesy se šipkami.',
    point: '{{period}}: {{rate}}, těžba {{mined}}',
    pointIdle: '{{period}}: netěžilo se',
    pointShares_one: '{{count}} podíl',
    pointShares_few: '{{count}} podíly',
    pointShares_many: '{{count}} podílu',
    pointShares_other: '{{count}} podílů',
    pointPaused: 'pozastaveno {{time}} ({{reasons}})',
    pointWaited: 'čekání na práci {{time}}',
    legendPaused: 'Pozastaveno',
    legendWaiting: 'Čekání na práci',
    legendGap: 'Mezera: těžba byla vypnutá',
    time: 'Čas',
    shares: 'Podíly',
    paused: 'Pozastaveno',
    expected: 'Očekáváno',
    found: 'Nalezeno',
    luck: 'Štěstí',
    luckText:
      'Nalezené podíly ve srovnání s tím, kolik jich vaše hashe najdou v průměru. Je to náhoda a časem se vyrovná: nad 100\u00a0% je štěstí, pod ním smůla.',
    effort: 'Effort teď',
    effortText:
      'Práce od posledního podílu ve srovnání s tím, kolik jí podíl v průměru potřebuje. Jeden podíl z dvaceti potřebuje víc než 300\u00a0%.',
    lost: 'Ztraceno',
    lostText:
      'Zamítnuto nebo zastaralo {{shares}} podílů. Po {{time}} času nebyla práce: při připojování nebo čekání na pool.',
    best: 'Nejlepší podíl',
    bestText:
      'Nejvyšší obtížnost, jaké některý z vašich podílů dosáhl. Pool za ni nic nepřidá; při sólo těžbě ukazuje, jak blízko to bylo k bloku.',
    spent: 'Jak se čas využil',
    states: {
      mining: 'Těžba',
      preparing: 'Tvorba datasetu',
      paused: 'Pozastaveno',
      waiting: 'Čekání na práci',
    },
    pausedReasons: 'Může platit více důvodů zároveň.',
    sessions: 'Relace',
    sessionsOf: 'Nejnovější: {{shown}} z {{count}}',
    sessionsAll_one: 'Zobrazit vše: {{count}}',
    sessionsAll_few: 'Zobrazit všechny {{count}}',
    sessionsAll_many: 'Zobrazit vše: {{count}}',
    sessionsAll_other: 'Zobrazit všech {{count}}',
    started: 'Začátek',
    more: '{{place}} a ještě {{count}}',
    failedShares: 'Zamítnuté, zastaralé',
    allTime: 'Celkem',
    since: 'Od {{date}}',
    kept: 'Uloženo v {{folder}}, jen na tomto počítači: {{size}}.',
    exportCsv: 'Exportovat do CSV',
    exportJson: 'Exportovat do JSON',
    exported: 'Uloženo jako {{file}}.',
    delete: 'Smazat historii',
    deleteTitle: 'Smazat celou historii?',
    deleteText:
      'Smažou se všechny minuty, relace a součty, těžby i cvičení, a nelze to vrátit. Vaše mince jsou v bezpečí: jsou ve vaší peněžence, ne v této aplikaci.',
  },
  shares: {
    newest: 'Nejnovější podíly',
    emptyTitle: 'Zatím žádné podíly',
    emptyIdle: 'Začněte těžit a každý nalezený podíl se tu objeví i s odpovědí poolu.',
    emptyExpected: 'První podíl se čeká asi za {{time}}.',
    emptyMining: 'První podíl se tu objeví, jakmile bude nalezen.',
    time: 'Nalezen',
    outcome: 'Výsledek',
    difficulty: 'Obtížnost',
    roundTrip: 'Odpověď',
    nonce: 'Nonce',
    outcomes: {
      pending: 'Čeká',
      accepted: 'Přijatý',
      rejected: 'Zamítnutý',
      stale: 'Zastaralý',
    },
  },
  pools: {
    lead: 'Nejdřív se používá hlavní pool. Když není dostupný, zastoupí ho v tomto pořadí záložní.',
    list: 'Pooly',
    templates: {
      known: 'Známý pool',
      stratum: 'Jiný pool',
      p2pool: 'P2Pool',
      'xmrig-proxy': 'xmrig-proxy',
      daemon: 'Vlastní uzel',
    },
    node: 'Vlastní uzel',
    practising:
      'Probíhá cvičení, takže se tyto pooly nepoužívají. Skutečná těžba má své vlastní počty.',
    endPractice: 'Těžit doopravdy',
    practise: 'Raději cvičit',
    practiseHint: 'Cvičení běží na tomto počítači, nepotřebuje internet a nic nevydělává.',
    emptyTitle: 'Zatím žádný pool',
    empty: 'Přidejte pool nebo vlastní uzel.',
    add: 'Přidat pool',
    primary: 'Hlavní',
    backup: 'Záložní {{number}}',
    standing: {
      inUse: 'Používá se',
      inUseInstead: 'Pooly před ním nedávají práci.',
      connecting: 'Připojování…',
      proving: 'Znovu dává práci. Převezme těžbu, až ji bude dávat aspoň minutu.',
      resting: 'Není potřeba: práci dává pool před ním.',
      down: '{{why}} Další pokusy probíhají samy.',
      failed: '{{why}} Další pokus proběhne, až znovu stisknete „Začít těžit“.',
    },
    up: 'Posunout výš: {{name}}',
    down: 'Posunout níž: {{name}}',
    edit: 'Upravit: {{name}}',
    remove: 'Odebrat: {{name}}',
    removeTitle: 'Odebrat {{name}}?',
    removeText: 'Aplikace zapomene jeho adresu a nastavení.',
    removeConfirm: 'Odebrat',
    addTitle: 'Přidat pool',
    editTitle: 'Upravit pool',
    name: 'Název (nepovinný)',
    password: 'Heslo',
    passwordHint: 'Většina poolů přijímá „x“.',
    rigId: 'Název rigu (nepovinný)',
    login: 'Přihlašovací jméno místo adresy peněženky (nepovinné)',
    loginHint: 'Pro P2Pool a proxy. Odesílá se přesně tak, jak je zadáno.',
    fingerprint: 'Důvěryhodný certifikát (nepovinný)',
    fingerprintHint:
      'SHA-256, 64 šestnáctkových číslic. Potřeba jen u certifikátu podepsaného sebou samým.',
    fingerprintWrong: 'Otisk SHA-256 má 64 znaků od 0 do 9 a od a do f.',
    rpcUser: 'Uživatelské jméno RPC (nepovinné)',
    rpcUserHint: 'Pokud monerod běží s --rpc-login',
    rpcPassword: 'Heslo RPC',
    zmqPort: 'Port ZMQ (nepovinný)',
    zmqPortHint: 'Port z --zmq-pub v monerod, aby se o nových blocích vědělo hned',
    proxy: 'Proxy SOCKS5 (nepovinná)',
    proxyHint: 'Tor na tomto počítači: 127.0.0.1:9050, Tor Browser: 127.0.0.1:9150',
    proxyWrong: 'Zapište proxy jako host:port, například 127.0.0.1:9050.',
    tor: 'Tor',
    torBrowser: 'Tor Browser',
    through: 'Přes {{proxy}}',
    onionAlone:
      'Onion adresa je dostupná jen přes Tor. Zadejte jeho proxy v části „Další možnosti“.',
    zmqPortWrong: 'Port je číslo od 1 do 65535.',
    more: 'Další možnosti',
    full: 'Poolů může být nejvýše šestnáct. Chcete-li přidat další, jeden odeberte.',
  },
  settings: {
    sectionsLabel: 'Části nastavení',
    sections: {
      wallet: 'Peněženka',
      power: 'Výkon',
      rules: 'Pravidla',
      tuning: 'Paměť a ladění',
      appearance: 'Vzhled',
      notifications: 'Oznámení',
      opening: 'Otevírání a zavírání',
      connections: 'Spojení',
      reset: 'Vymazání',
    },
    search: 'Hledat v nastavení',
    searchClear: 'Vymazat hledání',
    searchNone: 'Hledání „{{text}}“ neodpovídá žádné nastavení.',
    searchNoneHint: 'Zkuste jiné slovo nebo projděte jednotlivé části.',
    wallet: 'Peněženka',
    walletHint: 'Na tuto adresu platí pooly a těží na ni váš vlastní uzel.',
    walletNone:
      'Zatím žádná adresa, takže můžete jen cvičit nebo těžit s vlastním přihlašovacím jménem.',
    walletChange: 'Změnit adresu',
    walletAdd: 'Přidat adresu',
    walletNew: 'Nová adresa peněženky',
    walletConfirmTitle: 'Těžit na jinou adresu?',
    walletOld: 'Nyní',
    walletNext: 'Nová',
    walletConfirm: 'Použít novou adresu',
    power: 'Výkon',
    mode: 'Paměť',
    modeAuto: 'Automaticky',
    modeAutoHint: 'Rychlý, pokud jsou volné asi 3 GiB',
    modeFast: 'Rychlý',
    modeFastHint: 'Potřebuje alespoň 2,3 GiB',
    modeLight: 'Lehký',
    modeLightHint: '256 MiB, několikrát pomalejší',
    schedule: 'Rozvrh',
    scheduleOn: 'Těžit jen v určité hodiny',
    scheduleOnHint:
      'Podle hodin tohoto počítače. Mimo tyto hodiny těžba čeká a pak se sama znovu spustí.',
    schedulePresets: 'Hotové rozvrhy',
    schedulePreset: {
      nights: 'Noci',
      weekends: 'Víkendy',
      nightsAndWeekends: 'Noci a víkendy',
      always: 'Vždy',
    },
    scheduleGrid: 'Hodiny v týdnu',
    scheduleHow:
      'Klikněte na hodinu nebo táhněte přes několik. Na klávesnici: šipky posouvají, mezerník hodinu přepne a Shift se šipkami vybarvuje.',
    scheduleHours_one: 'Těží {{count}} hodinu týdně.',
    scheduleHours_few: 'Těží {{count}} hodiny týdně.',
    scheduleHours_many: 'Těží {{count}} hodiny týdně.',
    scheduleHours_other: 'Těží {{count}} hodin týdně.',
    scheduleNever: 'Není vybrána žádná hodina, takže se nic netěží.',
    scheduleCell: '{{day}}, od {{from}} do {{to}}',
    cheapest: 'Těžit jen v nejlevnějších hodinách',
    cheapestHint:
      'Z hodin každého dne ty, kdy elektřina stojí nejméně, podle cen zadaných v části „Výdělek a náklady“.',
    cheapestNoTariff:
      'Nejdřív v části „Výdělek a náklady“ zadejte, kolik vás v které hodiny stojí elektřina.',
    cheapestHours: 'Hodin denně',
    fullScreen: 'Pozastavit, když je program na celou obrazovku',
    fullScreenHint: 'Hry, filmy a prezentace. Po opuštění celé obrazovky těžba pokračuje.',
    fullScreenUnavailable:
      'Nedostupné: tento systém to nehlásí. Programy můžete uvést v seznamu níže.',
    metered: 'Pozastavit při měřeném připojení',
    meteredHint: 'Takovém, za které se platí podle objemu dat, například přes hotspot v telefonu.',
    heat: 'Udržovat CPU chladný',
    heatHint: 'Nad touto teplotou aplikace těží s méně vlákny a 10\u00a0°C nad ní se pozastaví.',
    heatBelow: 'Držet pod',
    watts: 'Omezit příkon CPU',
    wattsHint: 'Když procesory odebírají víc, včetně jiných programů, aplikace těží s méně vlákny.',
    wattsBelow: 'Držet pod',
    celsius: '{{degrees}}\u00a0°C',
    programs: 'Pozastavit, když běží tyto programy',
    programsHint: 'Hry, videohovory, cokoli, co má mít počítač pro sebe.',
    programsNone: 'Na seznamu není žádný program.',
    programsName: 'Název programu',
    programsAdd: 'Přidat',
    programsAdded: 'Programy, které pozastaví těžbu',
    programsRemove: 'Odebrat: {{name}}',
    rules: 'Pravidla',
    opening: 'Otevření aplikace',
    startAtLaunch: 'Začít těžit při otevření aplikace',
    startAtLaunchHint: 'Ve výchozím stavu vypnuto. Nikdy po pádu a nikdy po stisknutí „Zastavit“.',
    openAtLogin: 'Otevřít aplikaci po přihlášení',
    openAtLoginHint: 'Otevře okno nebo ikonu v oznamovací oblasti. Těžbu nespouští.',
    appearance: 'Vzhled',
    theme: 'Motiv',
    language: 'Jazyk',
    system: 'Podle systému',
    light: 'Světlý',
    dark: 'Tmavý',
    notifications: 'Oznámení',
    rulePauses: 'Pozastaveno nebo obnoveno pravidlem',
    poolDown: 'Pool je dvě minuty nedostupný nebo zase dostupný',
    noShares: 'Žádný podíl mnohem déle, než se čekalo',
    rejects: 'Zamítnuto více než 5\u00a0% podílů',
    failures: 'Těžba skončila kvůli problému',
    window: 'Zavření okna',
    closeAsk: 'Pokaždé se zeptat',
    closeBackground: 'Běžet dál na pozadí',
    closeQuit: 'Zastavit těžbu a ukončit',
    noTray: 'Toto prostředí nemá oznamovací oblast, takže se okno nikdy neskrývá.',
    api: 'API pro sledování',
    apiOn: 'Nabízet na tomto počítači HTTP API jen pro čtení',
    apiHint:
      'Sledovací panely na tomto počítači mohou číst váš hashrate a podíly. Nemohou nic změnit a žádný jiný počítač se nemůže připojit.',
    apiPort: 'Port',
    apiPortWrong: 'Zvolte číslo od 1024 do 65535.',
    apiAddress: 'Adresa:',
    apiToken: 'Token, odesílaný jako „Authorization: Bearer …“:',
    apiCopy: 'Kopírovat token',
    updates: 'Nové verze',
    updatesLook: 'Hledat nové verze',
    updatesHint:
      'Jednou denně požádá {{host}} o podepsaný seznam a neodesílá nic o vás ani o tomto počítači. Bez vašeho pokynu se nic nestáhne ani nenainstaluje.',
    updatesNow: 'Zkontrolovat',
    updatesNewest: 'Toto je nejnovější verze. Poslední kontrola: {{date}}.',
    updatesApt: 'Je k dispozici verze {{version}} s pravým podpisem. Nainstalujete ji takto:',
    updatesCommand: 'sudo apt update && sudo apt install --only-upgrade ibctminer',
    updatesPage: 'Je k dispozici verze {{version}} s pravým podpisem.',
    updatesOpen: 'Otevřít stránku ke stažení',
    updatesDownload: 'Stáhnout ({{size}})',
    updatesAgain: 'Zkusit znovu',
    updatesRunning: 'Stahování verze {{version}}: {{done}} z {{size}}.',
    updatesStop: 'Přerušit',
    updatesReplace:
      'Verze {{version}} je stažená, kompletní a pravá. Nahradí stávající: těžba se zastaví a aplikace se spustí znovu.',
    updatesReplaceNow: 'Nainstalovat a spustit znovu',
    updatesInstaller:
      'Verze {{version}} je stažená, kompletní a pravá. Systém otevře její instalátor: těžba se zastaví a aplikace se ukončí.',
    updatesInstallerNow: 'Ukončit a otevřít instalátor',
    updatesStale_one:
      'Seznam byl podepsán před {{count}} dnem. Touto dobou už měl přijít nový: možná před vámi někdo skrývá novější verzi. Podívejte se na stránku ke stažení.',
    updatesStale_few:
      'Seznam byl podepsán před {{count}} dny. Touto dobou už měl přijít nový: možná před vámi někdo skrývá novější verzi. Podívejte se na stránku ke stažení.',
    updatesStale_many:
      'Seznam byl podepsán před {{count}} dne. Touto dobou už měl přijít nový: možná před vámi někdo skrývá novější verzi. Podívejte se na stránku ke stažení.',
    updatesStale_other:
      'Seznam byl podepsán před {{count}} dny. Touto dobou už měl přijít nový: možná před vámi někdo skrývá novější verzi. Podívejte se na stránku ke stažení.',
    reset: 'Vymazání',
    resetHint: 'Vymaže adresu peněženky, pooly a všechna nastavení. Těžba se zastaví.',
    resetButton: 'Vymazat vše',
    resetTitle: 'Vymazat vše?',
    resetText:
      'Vymaže se adresa peněženky, pooly a všechna nastavení a těžba se zastaví. Vaše mince jsou v bezpečí: jsou ve vaší peněžence, ne v této aplikaci.',
  },
  logs: {
    lead: 'Z každého řádku jsou odstraněny adresy peněženek.',
    kept: 'Uloženo v {{folder}}, nejvýše 6 MB; nejdřív se mažou nejstarší řádky.',
    openFolder: 'Otevřít složku',
    export: 'Exportovat vše',
    filter: 'Úroveň',
    all: 'Vše',
    warn: 'Varování a chyby',
    error: 'Chyby',
    search: 'Hledat v záznamech',
    copy: 'Kopírovat záznamy',
    emptyTitle: 'Zatím žádné záznamy',
    empty: 'Co aplikace dělá, se tu objevuje průběžně.',
    noMatch: 'Žádné odpovídající řádky.',
    levels: {
      info: 'Info',
      warn: 'Varování',
      error: 'Chyba',
    },
    entries: 'Řádky záznamů',
    messages: 'Zprávy',
    messagesLead:
      'Poslední zprávy mezi touto aplikací a poolem, bez adres, hesel a identifikátorů relací.',
    searchMessages: 'Hledat ve zprávách',
    copyMessages: 'Kopírovat zprávy',
    noMessages: 'Zatím žádné zprávy. Objeví se, až se aplikace připojí k poolu.',
    sent: 'Odesláno',
    received: 'Přijato',
  },
  health: {
    lead: 'Co tento počítač nabízí pro těžbu a jak napravit, co chybí.',
    run: 'Spustit znovu',
    running: 'Kontrola…',
    copy: 'Kopírovat hlášení',
    copyHint: 'Hlášení neobsahuje vaši adresu.',
    failedTitle: 'Kontrolu se nepodařilo provést',
    statuses: {
      ok: 'OK',
      warn: 'Vyžaduje pozornost',
      unknown: 'Neznámo',
    },
    allGood: 'Vše je v pořádku.',
    toLookAt_one: '{{count}} věc vyžaduje pozornost.',
    toLookAt_few: '{{count}} věci vyžadují pozornost.',
    toLookAt_many: '{{count}} věci vyžaduje pozornost.',
    toLookAt_other: '{{count}} věcí vyžaduje pozornost.',
    fix: 'Co dělat',
    /** What a command is for. */
    commands: {
      now: 'Teď, do příštího restartu',
      atBoot: 'Při každém startu počítače',
      lasting: 'Teď a natrvalo',
      undo: 'Jak to vrátit',
    },
    runHint:
      '„Spustit příkaz“ požádá systém o spuštění přesně tohoto příkazu. Systém se zeptá na heslo správce, které tato aplikace nikdy nevidí.',
    runPrompt: 'Odpovězte na výzvu systému.',
    runEnds: {
      ran: 'Příkaz proběhl a všechno bylo znovu zkontrolováno.',
      dismissed: 'Výzva systému byla zavřena. Příkaz nebyl spuštěn.',
      notAllowed: 'Systém to nepovolil. Příkaz nebyl spuštěn.',
    },
    results: 'Výsledky',
    selfTest: 'Těžební jádro',
    selfTestRun: 'Otestovat jádro',
    selfTesting: 'Testování…',
    selfTestHint:
      'Počítá hashe, jejichž výsledky jsou zveřejněné spolu s RandomX, s generovaným kódem i bez něj. Jádro samo dělá totéž před svým prvním podílem.',
    selfTestRight: 'Všechny hashe jsou správné: {{hashes}} ({{seconds}} s).',
    selfTestWrong:
      'Chybné hashe: {{ways}}. Zrušte přetaktování a zkontrolujte teplotu. Pokud to nepomůže, nahlaste to spolu s modelem svého CPU.',
    pagesGain: 'Co zde přinášejí huge pages',
    pagesGainRun: 'Změřit přínos',
    pagesGainMeasuring: 'Měření…',
    pagesGainHint:
      'Asi půl minuty hashuje střídavě s huge pages a bez nich, stejnými vlákny. Nic se neodesílá a nic se nevydělává. Zabere přitom 5 GiB paměti.',
    pagesGainFaster:
      'Na tomto počítači je těžba s huge pages o {{gain, percent}} rychlejší: {{huge}} s nimi, {{small}} bez nich.',
    pagesGainAlike:
      'Na tomto počítači huge pages nic nezmění: {{huge}} s nimi, {{small}} bez nich.',
    pagesGainOf_one: '{{pages, pages}}; změřeno na {{count}} vlákně.',
    pagesGainOf_few: '{{pages, pages}}; změřeno na {{count}} vláknech.',
    pagesGainOf_many: '{{pages, pages}}; změřeno na {{count}} vlákna.',
    pagesGainOf_other: '{{pages, pages}}; změřeno na {{count}} vláknech.',
    pagesGainNone:
      'Systém teď huge pages nedává, takže není co porovnávat. Co je zapne, stojí v položce „Huge pages“.',
    fork: 'Příští fork Monera',
    forkRun: 'Vyzkoušet fork',
    forkRunning: 'Zkouška…',
    forkHint:
      'Příští fork Monera přinese RandomX v2 (rx/2). Zkouška těží na cvičném poolu uvnitř této aplikace, na kterém fork nastane za běhu. Trvá asi minutu a v rychlém režimu zabere 3 GiB paměti. Nic neopustí tento počítač a nic se nevydělává.',
    forkReady: 'Tato aplikace i tento počítač jsou na příští fork Monera připravené.',
    forkNotReady:
      'Tato aplikace nebo tento počítač není na příští fork Monera připraven. Vyhledejte aktualizaci a pak zkoušku zopakujte.',
    forkUnproven:
      'Nothing went wrong, but this computer found no share in the minute after the fork. Rehearse it again, with more threads if you can.', // untranslated
    forkShares: 'Přijaté podíly: {{before}} před forkem, {{after}} po něm. Zamítnuté: {{refused}}.',
    forkKept: 'Nic se nemuselo vytvářet znovu a těžba stála nejvýš {{seconds}} s.',
    forkRebuilt: 'Dataset nebo cache se musely vytvořit znovu a těžba stála {{seconds}} s.',
    forkRates: 'Hashrate: {{before}} před forkem (rx/0), {{after}} po něm (rx/2).',
    forkAt: 'Rehearsed on {{date}} in {{mode}} mode.', // untranslated
    /** What is looked at. */
    checks: {
      memory: 'Paměť',
      hugePages: 'Huge pages',
      transparentPages: 'Transparent huge pages',
      aes: 'Instrukce AES',
      jit: 'Generovaný kód',
      dns: 'Název poolu',
      tls: 'Šifrování',
      clock: 'Hodiny',
      virtualMachine: 'Virtuální počítač',
      numa: 'Uspořádání paměti (NUMA)',
      temperature: 'Teplota',
      energy: 'Spotřeba',
      antivirus: 'Antivir',
      battery: 'Rozpoznání baterie',
      idle: 'Rozpoznání nečinnosti',
      tray: 'Oznamovací oblast',
    },
    /** What was found, and what to do about it. */
    remarks: {
      memoryLightChosen: 'V nastavení je zvolen lehký režim. Potřebuje 256 MiB.',
      memoryFast: 'Rychlý režim má 2,3 GiB, které potřebuje.',
      memoryUnknown: 'Tento počítač nehlásí, kolik paměti je volné.',
      memoryFree: 'Volné je {{bytes, gibibytes}}. Rychlý režim potřebuje asi 3 GiB.',
      memoryShort:
        'Volné je {{bytes, gibibytes}}. Rychlý režim potřebuje asi 3 GiB, takže by tento počítač těžil v lehkém režimu, který je několikrát pomalejší.',
      memoryShortNow:
        'Volné je {{bytes, gibibytes}}. Rychlý režim potřebuje asi 3 GiB, takže tento počítač těží v lehkém režimu, který je několikrát pomalejší.',
      memoryFix: 'Zavřete jiné programy, pak zastavte těžbu a začněte znovu.',
      pagesGood: 'Huge pages se používají.',
      pagesFree_one: 'Volné huge pages po 2 MiB: {{count, integer}}.',
      pagesFree_few: 'Volné huge pages po 2 MiB: {{count, integer}}.',
      pagesFree_many: 'Volné huge pages po 2 MiB: {{count, integer}}.',
      pagesFree_other: 'Volné huge pages po 2 MiB: {{count, integer}}.',
      pagesShort_one:
        'Huge pages po 2 MiB pro jedno vlákno: potřeba {{needed, integer}}, volných {{free, integer}}.',
      pagesShort_few:
        'Huge pages po 2 MiB pro {{count}} vlákna: potřeba {{needed, integer}}, volných {{free, integer}}.',
      pagesShort_many:
        'Huge pages po 2 MiB pro {{count}} vlákna: potřeba {{needed, integer}}, volných {{free, integer}}.',
      pagesShort_other:
        'Huge pages po 2 MiB pro {{count}} vláken: potřeba {{needed, integer}}, volných {{free, integer}}.',
      pagesTransparent:
        'Místo nich se používají transparent huge pages, které se jim téměř vyrovnají.',
      pagesUnknown: 'Tento počítač své huge pages nehlásí.',
      pagesInUse:
        'Dataset: {{dataset, pages}}. Cache: {{cache, pages}}. Scratchpady: {{scratchpads, pages}}.',
      pagesFix:
        'Vyhraďte je, pak zastavte těžbu a začněte znovu. Každý přístup do paměti pak potřebuje méně kroků, což bývá největší možný přínos. Ostatní programy po tu dobu těchto {{bytes, gibibytes}} používat nemohou.',
      pagesFixBeside:
        'Vyhraďte je, pak zastavte těžbu a začněte znovu. Jsou jistější než transparent huge pages a často o něco rychlejší. Ostatní programy po tu dobu těchto {{bytes, gibibytes}} používat nemohou.',
      thpOn: 'Systém dává huge pages programům, které o ně žádají, a tento o ně žádá.',
      thpNotNeeded: 'Jsou vypnuté a nejsou potřeba: je vyhrazeno dost huge pages.',
      thpOff: 'Systém sám od sebe huge pages nedává.',
      thpFix:
        'Dovolte programům, které o huge pages žádají, aby je dostaly, pak zastavte těžbu a začněte znovu. Přinese to většinu toho, co přinášejí huge pages, a žádná paměť se nevyhrazuje.',
      thpUnknown: 'Tento počítač je nehlásí.',
      aesFound: 'Procesor má instrukce AES.',
      aesMissing: 'Procesor nemá instrukce AES. Bez nich je těžba mnohem pomalejší.',
      aesFix:
        'Pokud je to virtuální počítač, nastavte mu typ procesoru „host“. Jinak je tento procesor na dobrou těžbu příliš starý.',
      aesUnknown: 'Těžební jádro se nepodařilo načíst, takže procesor nešlo zkontrolovat.',
      jitUsed: 'Programy RandomX běží jako generovaný strojový kód ({{path}}).',
      jitMissing:
        'Programy RandomX se interpretují, což je mnohonásobně pomalejší. Buď systém zakazuje generovaný kód, nebo tento procesor není podporován.',
      jitFix: 'Povolte této aplikaci ve svém bezpečnostním softwaru spouštět generovaný kód.',
      jitUnknown: 'Zjistí se po zahájení těžby.',
      poolNone: 'Zatím není zvolen žádný pool.',
      poolPractice: 'Cvičný pool je uvnitř této aplikace.',
      nameFound: 'Název {{host}} byl nalezen.',
      nameNotFound: 'Název {{host}} se nepodařilo vyhledat.',
      nameFix: 'Zkontrolujte, zda je adresa poolu napsaná správně, a připojení k internetu.',
      nameByProxy: 'Vyhledání názvu {{host}} obstará proxy.',
      nameNotAsked: 'Název {{host}} se nevyhledával: aplikace to dělá jen během těžby.',
      tlsUsed: 'Spojení je šifrované.',
      tlsNotNeeded: 'Spojení neopouští tento počítač.',
      tlsByTor: 'Spojení s onion adresou šifruje Tor.',
      tlsMissing:
        'Spojení není šifrované. Kdokoli mezi vámi a poolem může přečíst vaši adresu a přesměrovat vaše podíly.',
      tlsFix: 'Použijte TLS port poolu, pokud nějaký má.',
      tlsMissingToNode:
        'Spojení s uzlem není šifrované. Kdokoli mezi vámi a uzlem může přesměrovat vaše odměny.',
      tlsFixOfNode: 'Připojujte se k uzlu přes TLS nebo ho provozujte na tomto počítači.',
      clockKept: 'Hodiny seřizuje časový server.',
      clockBehind: 'Hodiny jsou měsíce nebo roky pozadu.',
      clockAlone: 'Hodiny neseřizuje žádný časový server.',
      clockFix:
        'Zapněte v nastavení systému automatický čas. Certifikáty a historie potřebují správný čas.',
      clockUnknown:
        'Hodiny vypadají věrohodně. Tento systém nehlásí, zda je seřizuje časový server.',
      virtualNo: 'Tento počítač není virtuální.',
      virtualYes:
        'Toto je virtuální počítač. Těžba v něm vyžaduje typ procesoru „host“ a nejvíc pomohou huge pages na hostiteli.',
      virtualUnknown: 'Tento počítač nehlásí, zda je virtuální.',
      numaOne: 'Veškerá paměť je k procesoru stejně blízko.',
      numaMany:
        'Počet paměťových uzlů v tomto počítači: {{nodes, integer}}. Každý, na kterém je dost místa, dostane vlastní kopii datasetu.',
      numaUnknown: 'Těžební jádro se nepodařilo načíst, takže uspořádání paměti není známo.',
      temperatureKnown: 'Teplotu procesoru lze číst, takže těžba může zpomalit, když se zahřeje.',
      temperatureUnknown:
        'Teplotu procesoru tu nelze číst, takže těžba nemůže zpomalit, když se zahřeje.',
      energyKnown: 'Procesor hlásí svůj příkon.',
      energyUnknown:
        'The power that the CPU draws cannot be read here. Type it in under Earnings and cost to see what mining costs.', // untranslated
      energyClosed:
        'The CPU counts the energy it uses, but this system lets only administrators read that.', // untranslated
      energyFix:
        'Let every program read it: the app then measures what mining costs, and can limit the CPU’s power. Systems keep it closed because a program could guess from it what others compute.', // untranslated
      antivirusRare: 'V tomto systému antiviry překážejí zřídka.',
      antivirusLikely:
        'Antiviry často považují těžební programy za hrozbu, i když si je nainstalujete úmyslně. Pokud ten váš tuto aplikaci blokuje, zkontrolujte její soubory na stránce „O aplikaci“ a pak povolte tuto složku: {{folder}}.',
      batteryKnown: 'Systém hlásí, zda běží na baterii, takže „Pozastavit na baterii“ funguje.',
      batteryUnknown: 'Nebyla nalezena baterie, takže „Pozastavit na baterii“ nemá žádný účinek.',
      idleKnown: 'Systém hlásí, zda se počítač používá.',
      idleUnknown: 'Toto prostředí nehlásí, zda se počítač používá.',
      trayShown: 'Prostředí zobrazuje ikony v oznamovací oblasti.',
      trayMissing:
        'Prostředí nezobrazuje ikony v oznamovací oblasti, takže okno zůstává během těžby otevřené.',
      trayFix:
        'V GNOME nainstalujte rozšíření „AppIndicator and KStatusNotifierItem Support“ a znovu se přihlaste. Okno pak bude možné během těžby skrýt. V Debianu a Ubuntu:',
    },
    report: {
      title: 'Ibctminer {{version}}, {{platform}}',
      cpu: 'CPU: {{name}}',
      state: 'Stav: {{why}}',
    },
  },
  about: {
    lead: 'Těžba Monera na vašem procesoru. Dokud nestisknete „Začít těžit“, nic neběží.',
    version: 'Verze {{version}}',
    fee: 'Poplatek 0\u00a0%',
    versions: 'Verze',
    application: 'Ibctminer',
    electron: 'Electron',
    chrome: 'Chromium',
    node: 'Node.js',
    platform: 'Systém',
    library: 'Nativní knihovna (SHA-256)',
    libraryNone: 'Nenačtena',
    settingsFolder: 'Složka nastavení',
    oldElectron:
      'Toto sestavení běží na Electronu {{version}}, který už nedostává bezpečnostní opravy: při jeho tvorbě se nepodařilo stáhnout oficiální verzi. Je určeno pro vývoj a testy. Nepředávejte ho dál.',
    trust: 'Naše závazky',
    rules: {
      start:
        'Nic se nehashuje, dokud neudělíte souhlas a nestisknete „Začít těžit“. Do té doby se aplikace spojí s poolem jen tehdy, když ho testujete nebo měříte.',
      visible:
        'Během těžby je vidět okno nebo ikona v oznamovací oblasti pod vlastním názvem aplikace.',
      fee: 'Těžíte na vlastní adresu. Poplatek je 0\u00a0%.',
      practice: 'Cvičení a měření nikomu neposílají práci.',
      rights:
        'Nikdy si sama nedává práva správce. Ukazuje příkazy, které je potřebují, a spustí je jen tehdy, když stisknete „Spustit příkaz“ a povolí to výzva samotného systému.',
      system: 'Nenačítá žádný ovladač a nemění nastavení antiviru ani napájení.',
      updates: 'Nestahuje programy za vašimi zády.',
      quit: 'Po ukončení nezůstane žádný proces.',
      privacy: 'Záznamy a hlášení neobsahují vaši adresu. Bez telemetrie.',
    },
    files: 'Jsou tyto soubory pravé?',
    filesHint:
      'Porovná každý soubor této aplikace se seznamem podepsaným při vydání. Nic se neodesílá.',
    filesCompare: 'Porovnat soubory',
    filesComparing: 'Porovnávání…',
    filesUnsigned:
      'Toto sestavení nemá podepsaný seznam, jako všechna sestavení pro vývoj. Z čeho vzniklo, nelze říct.',
    filesSame_one: '{{count}} soubor je takový, jaký byl vydán ({{signedAs}}).',
    filesSame_few: 'Všechny {{count}} soubory jsou takové, jaké byly vydány ({{signedAs}}).',
    filesSame_many: 'Všechny soubory ({{count}}) jsou takové, jaké byly vydány ({{signedAs}}).',
    filesSame_other: 'Všech {{count}} souborů je takových, jaké byly vydány ({{signedAs}}).',
    filesDiffer:
      'Tyto soubory nejsou takové, jaké byly vydány. Nainstalujte aplikaci znovu ze zdroje, kterému důvěřujete.',
    filesChanged: 'Změněné: {{files}}',
    filesMissing: 'Chybějící: {{files}}',
    filesAdded: 'Ne od nás: {{files}}',
    filesOutside: 'Změněný program může o sobě lhát. Ověření zvenčí, klíčem z webové stránky:',
    licences: 'Licence',
    licence: 'Ibctminer je svobodný software pod licencí MIT.',
    builtWith: 'Vytvořeno s',
    links: 'Více informací',
    howMiningWorks: 'Jak funguje těžba',
    hugePages: 'Co jsou huge pages',
    source: 'Zdrojový kód',
    getWallet: 'Pořídit peněženku',
  },
  connections: {
    title: 'Spojení',
    hint: 'Vše, k čemu se aplikace připojuje nebo na čem naslouchá. Na názvy v tomto seznamu se ptá serveru DNS vašeho systému. S ničím dalším se nespojuje.',
    purpose: 'K čemu',
    place: 'Kam',
    last: 'Naposledy',
    bytes: 'Odesláno / přijato',
    bytesHint: 'Bajty se počítají od spuštění, včetně šifrování.',
    state: 'Nyní',
    never: 'Ne od spuštění',
    on: 'Zap.',
    off: 'Vyp.',
    anyPort: '{{host}}, libovolný volný port',
    purposes: {
      pool: 'Pool: práce a podíly, s adresou vaší peněženky. Když těžíte a když ho testujete.',
      node: 'Uzel: bloky k těžbě, s adresou vaší peněženky. Když těžíte a když ho testujete.',
      nodeNews: 'Uzel: zprávy o blocích, když těžíte.',
      latency:
        'Známý pool: připojení a hned odpojení, aby se změřila odezva. Nic se neodesílá. Když o to požádáte.',
      account:
        'Webové API poolu: váš tamní zůstatek, dotaz s adresou vaší peněženky. Každých pět minut, když těžíte nebo se na něj díváte, pokud je to zapnuto.',
      practice: 'Cvičný pool, uvnitř aplikace. Když cvičíte.',
      updates:
        'Nové verze: dva malé soubory, nic o vás. Jednou denně, pokud je to v nastavení zapnuto. Samotný program, když stisknete „Stáhnout“.',
      api: 'API pro sledování: programy na tomto počítači se ptají, aplikace odpovídá. Pokud je to v nastavení zapnuto.',
    },
  },
  uninstall: {
    title: 'Odinstalace',
    hint: 'Ukáže vše, co aplikace na tomto počítači vytvořila, a odstraní, co si neponecháte.',
    open: 'Odinstalovat…',
    askTitle: 'Odinstalovat Ibctminer?',
    askText:
      'Toto je vše, co aplikace na tomto počítači vytvořila. Těžba se zastaví a co si neponecháte, bude navždy smazáno. Vaše mince jsou v bezpečí: jsou ve vaší peněžence, ne v této aplikaci.',
    nothing: 'Aplikace na tento počítač nic nezapsala.',
    made: {
      settings: 'Nastavení, adresa peněženky a pooly',
      history: 'Historie těžby',
      logs: 'Záznamy',
      tuning: 'Měření výkonu',
      marker: 'Značka, že probíhá těžba',
      window: 'Velikost a umístění okna',
      loginItem: 'Otevírání po přihlášení',
      browser: 'Mezipaměť okna',
      lock: 'Značka, že aplikace běží',
      update: 'Stažená novější verze',
      folder: 'Složka aplikace',
    },
    keep: {
      settings: 'Ponechat nastavení, adresu peněženky a pooly',
      history: 'Ponechat historii',
      tuning: 'Ponechat měření výkonu (používá je i verze pro terminál)',
    },
    foreign: 'Nevytvořila aplikace, proto ponecháno: {{names}}',
    confirm: 'Zastavit těžbu a odstranit',
    removing: 'Odstraňování…',
    doneTitle: 'Ibctminer po sobě uklidil',
    partlyTitle: 'Nepodařilo se odstranit vše',
    doneText: 'Teď aplikaci ukončete; cokoli jiného by část z toho zapsalo znovu.',
    fates: {
      removed: 'Odstraněno',
      kept: 'Ponecháno',
      atQuit: 'Zmizí při ukončení',
      afterQuit: 'Smažte po ukončení',
      failed: 'Nepodařilo se odstranit: {{problem}}',
    },
    programTitle: 'Samotný program',
    program: {
      deb: 'Nainstaloval ho správce balíčků vašeho systému. Odstraníte ho příkazem:',
      appImage: 'Je to jediný soubor. Smažete ho příkazem:',
      folder: 'Je to rozbalená složka. Smažete ji příkazem:',
      nsis: 'Odeberte ho ve Windows v části „Nainstalované aplikace“ nebo příkazem:',
      mac: 'Přesuňte ho do Koše nebo ho smažte příkazem:',
      source: 'Běží ze složky se zdrojovým kódem. Tu smažete příkazem:',
    },
    hugePagesTitle: 'Huge pages',
    hugePages_one:
      'Je vyhrazena {{count}} huge page. Aplikace to nikdy nedělá bez vyžádání. Pokud byla určena k těžbě, vrátíte to příkazem:',
    hugePages_few:
      'Jsou vyhrazeny {{count}} huge pages. Aplikace to nikdy nedělá bez vyžádání. Pokud byly určeny k těžbě, vrátíte to příkazem:',
    hugePages_many:
      'Je vyhrazeno {{count}} huge pages. Aplikace to nikdy nedělá bez vyžádání. Pokud byly určeny k těžbě, vrátíte to příkazem:',
    hugePages_other:
      'Je vyhrazeno {{count}} huge pages. Aplikace to nikdy nedělá bez vyžádání. Pokud byly určeny k těžbě, vrátíte to příkazem:',
    quit: 'Ukončit',
  },
  close: {
    title: 'Zavřít Ibctminer?',
    mining: 'Těžba může pokračovat na pozadí, s ikonou v oznamovací oblasti.',
    idle: 'Aplikace může zůstat v oznamovací oblasti. Právě teď netěží.',
    noTray: 'Toto prostředí nemá oznamovací oblast, takže aplikace nemůže běžet dál na pozadí.',
    background: 'Běžet dál na pozadí',
    quit: 'Ukončit',
    quitMining: 'Zastavit a ukončit',
    remember: 'Zapamatovat mou volbu',
  },
  /** What can go wrong, by code: this section is the closed list of codes (contract/problem.ts). */
  problem: {
    /* From inside: everywhere. */
    internal: 'Uvnitř aplikace se něco pokazilo: {{reason}}',
    /* Stratum and pool addresses. */
    poolUrlEmpty: 'Zadejte adresu poolu, například pool.example.com:3333.',
    poolUrlWebPage:
      '{{scheme}}:// je webová stránka. Najděte na ní adresu těžebního portu poolu, například pool.example.com:3333. Pro vlastní monerod zadejte daemon+http://host:port.',
    poolUrlScheme:
      '{{scheme}}:// není podporováno. Zadejte host:port, stratum+tcp://host:port nebo stratum+ssl://host:port.',
    poolUrlHost:
      '„{{host}}“ není platný název ani adresa hostitele. Zkontrolujte, zda nejde o překlep.',
    poolUrlHostMissing: 'Chybí hostitel. Zadejte host:port, například pool.example.com:3333.',
    poolUrlBrackets: 'Adresu IPv6 dejte do hranatých závorek: [{{address}}]:3333.',
    poolUrlPort: '„{{port}}“ není platný port. Porty jsou čísla od 1 do 65535.',
    poolUrlPortMissing: 'Chybí port. Zadejte host:port, například pool.example.com:3333.',
    poolUrlLogin:
      'Zadejte adresu bez přihlašovacích údajů: {{place}}. Ty mají vlastní pole (v terminálu --login a --pass).',
    connectionTimedOut:
      '{{place}} příliš dlouho neodpovídá. Zkontrolujte hostitele, port a připojení k internetu.',
    connectionRefused: '{{place}} odmítá spojení. Zkontrolujte port.',
    connectionFailed:
      'Nepodařilo se spojit s {{place}} ({{reason}}). Zkontrolujte hostitele, port a připojení k internetu.',
    hostUnreachable: 'S {{place}} se odsud nelze spojit. Zkontrolujte připojení k internetu.',
    hostNotFound: 'Název {{host}} nebyl nalezen. Zkontrolujte, zda nejde o překlep.',
    nameServersSilent:
      'Název {{host}} se nepodařilo vyhledat: neodpověděl žádný server DNS. Zkontrolujte připojení k internetu.',
    proxyUnreachable: 'Proxy se nepodařilo použít. {{why}}',
    proxyFailed:
      'Proxy se nepodařilo spojit s {{place}} ({{reason}}). Zkontrolujte adresu poolu a záznamy proxy.',
    tlsFailed: '{{place}} přes TLS neodpovídá. Vypněte TLS nebo použijte TLS port poolu.',
    tlsExpected: 'Toto je TLS port. Zapněte pro tento pool TLS.',
    certificateNotTrusted:
      'Certifikát není důvěryhodný. {{why}} Důvěřujte mu, jen pokud víte, že jeho otisk je {{fingerprint}}, nebo zvolte jiný pool.',
    certificateNotPinned:
      'Toto není připnutý certifikát: očekáván {{pinned}}, nalezen {{found}}. Do spojení možná někdo zasahuje. Pokud byl oznámen nový certifikát, připněte ten nový.',
    certificateChanged:
      'Certifikát se změnil z {{first}} na {{found}} a za nový neručí žádná známá certifikační autorita. Do spojení možná někdo zasahuje. Pokud se restartoval váš vlastní P2Pool, začněte těžit znovu a nový certifikát bude přijat.',
    certificateExpired: 'Jeho platnost skončila: {{day}}.',
    certificateNotYetValid: 'Začne platit až: {{day}}. Zkontrolujte hodiny tohoto počítače.',
    certificateSelfSigned: 'Je podepsaný sám sebou.',
    certificateUnknownAuthority: 'Neručí za něj žádná certifikační autorita známá tomuto počítači.',
    certificateOfAnother: 'Byl vydán pro {{names}}, ne pro {{name}}.',
    certificateUnverified: 'Nepodařilo se ho ověřit ({{reason}}).',
    loginTimedOut: 'Pool na přihlášení neodpověděl do {{waitMs, duration}}.',
    loginTooLong:
      'Přihlašovací jméno, heslo a název rigu jsou dohromady příliš dlouhé. Zkraťte je.',
    loginMalformed: 'Pool přihlášení přijal, ale nedal identifikátor relace.',
    sessionIdTooLong: 'Identifikátor relace od poolu je příliš dlouhý na odeslání zpět.',
    loginRefused:
      'Pool odmítl přihlášení: „{{said}}“. Zkontrolujte adresu peněženky a nastavení poolu.',
    loginFailed: 'Pool odmítl přihlášení: „{{said}}“.',
    loginFailedSilently: 'Pool odmítl přihlášení bez udání důvodu.',
    poolNotReady: 'Pool teď nemůže přihlášení přijmout: „{{said}}“.',
    banned: 'Pool tento počítač na čas zablokoval: „{{said}}“.',
    sessionLost: 'Pool tuto relaci zapomněl: „{{said}}“.',
    noJob: 'Pool přihlášení přijal, ale do {{waitMs, duration}} neposlal žádnou úlohu.',
    noJobForLong: 'Pool už {{waitMs, roughly}} neposlal žádnou úlohu.',
    sharesUnanswered_one: 'Pool neodpověděl na poslední podíl.',
    sharesUnanswered_few: 'Pool neodpověděl na poslední {{count}} podíly.',
    sharesUnanswered_many: 'Pool neodpověděl na poslední podíly ({{count}}).',
    sharesUnanswered_other: 'Pool neodpověděl na posledních {{count}} podílů.',
    noShareCounts_one: 'Poslední podíl se nezapočítal. {{why}}',
    noShareCounts_few: 'Žádný z posledních {{count}} podílů se nezapočítal. {{why}}',
    noShareCounts_many: 'Žádný z posledních {{count}} podílu se nezapočítal. {{why}}',
    noShareCounts_other: 'Žádný z posledních {{count}} podílů se nezapočítal. {{why}}',
    sharesRefusedForNow:
      'Pět podílů za sebou bylo zamítnuto. {{why}} Aplikace tento pool později zkusí znovu.',
    sharesRefused:
      'Pět podílů za sebou bylo zamítnuto. {{why}} Těžba na tomto poolu se zastavila, protože výsledky tohoto počítače mohou být chybné. Zrušte přetaktování nebo zkuste jiný pool.',
    poolNotReading: 'Pool přestal číst, co se mu posílá.',
    tooMuchData: 'Pool posílá mnohem víc dat, než by který pool měl. Zkontrolujte port.',
    lineTooLong: 'Pool poslal nekonečný řádek. Zkontrolujte port.',
    notStratum: 'Pool nekomunikuje protokolem stratum. Zkontrolujte port.',
    webServer: 'Tento port patří webovému serveru. Najděte těžební port poolu.',
    closed: 'Pool uzavřel spojení.',
    closedAtOnce: 'Pool uzavřel spojení bez odpovědi.',
    closedAtOnceTlsPerhaps:
      'Pool uzavřel spojení bez odpovědi. Pokud je to TLS port, zapněte pro tento pool TLS.',
    connectionBroken: 'Pool přerušil spojení.',
    connectionDied: 'Spojení zamrzlo: pool přestal odpovídat.',
    connectionEnded: 'Spojení skončilo ({{reason}}).',
    connectionRenewed: 'Počítač spal nebo se změnila jeho síť. Připojuje se znovu.',
    jobMalformed:
      'Pool poslal úlohu, ve které položka {{member}} chybí nebo je poškozená. Úloha byla vynechána.',
    jobsMalformed: 'Pool posílá poškozené úlohy. {{why}}',
    jobIdTooLong: 'Pool poslal úlohu, jejíž identifikátor je příliš dlouhý na odeslání zpět.',
    algorithmUnknown:
      'Pool poslal úlohu pro „{{said}}“, což není algoritmus Monera. Zvolte jiný pool nebo port.',
    algorithmNotWanted:
      'Pool poslal úlohu pro {{algorithm}}, ale těžit se smí jen {{wanted}}. Zvolte jiný pool nebo port.',
    blockVersionUnknown:
      'Pool poslal blok verze {{version}}, kterou tato aplikace neumí těžit. Zvolte jiný pool nebo port.',
    blockLayoutUnknown:
      'Pool poslal blok neznámé struktury. Zvolte jiný pool nebo port, případně vyhledejte aktualizaci této aplikace.',
    seedHashMissing:
      'Pool poslal úlohu RandomX bez seed hashe, kterou nemůže těžit nikdo. Zvolte jiný pool nebo port.',
    jobGone: 'Úloha tohoto podílu patří k dřívějšímu spojení.',
    jobWithdrawn: 'Pool úlohu tohoto podílu nahradil takovou, kterou těžit nelze.',
    difficultyRaised: 'Pool mezitím zvýšil obtížnost této úlohy.',
    blockChanged: 'Pool přešel na jiný blok dřív, než byl podíl nalezen.',
    shareBelowTarget: 'Jádro našlo podíl, který nedosahuje cíle. Nebyl odeslán.',
    shareNonceDiffers: 'Nonce podílu se liší od nonce v jeho blobu. Podíl nebyl odeslán.',
    shareNonceReserved: 'Nonce podílu používá bajt vyhrazený pro pool. Podíl nebyl odeslán.',
    shareRepeated: 'Stejný podíl byl nalezen dvakrát. Odeslán byl jednou.',
    tooManyShares: 'Pool chce tak málo práce na podíl, že tento nebyl odeslán.',
    notConnected: 'Nebylo spojení, kterým by se podíl odeslal.',
    shareUnanswered: 'Pool na tento podíl do minuty neodpověděl.',
    shareCutOff: 'Spojení skončilo dřív, než pool na tento podíl odpověděl.',
    poolLeft: 'Aplikace se od poolu odpojila dřív, než na tento podíl odpověděl.',
    shareLate: 'Podíl dorazil do poolu příliš pozdě: „{{said}}“.',
    shareRefused: 'Pool podíl zamítl: „{{said}}“.',
    shareRefusedSilently: 'Pool podíl zamítl bez udání důvodu.',
    poolGivesNoWork: 'Tento pool nedává práci, ale jiný na vašem seznamu ano.',
    earlierPoolWorks: 'Pool výše na vašem seznamu znovu funguje.',
    noPoolLeft: 'Nefunguje žádný pool ze seznamu. {{why}}',
    /* A node of one's own. */
    nodeUrlEmpty: 'Zadejte adresu monerod, například 127.0.0.1:18081.',
    nodeUrlScheme:
      'K monerod se nelze připojit přes {{scheme}}://. Zadejte host:port, http://host:port nebo https://host:port.',
    nodeUrlLogin:
      'Přihlašovací údaje v této adrese nelze přečíst. Zadejte user:password@host:port, s %40 místo @, %3A místo :, %2F místo / a %25 místo %.',
    nodeUrlPath: '„{{path}}“ za adresou uzlu není platná cesta. Vynechte ji.',
    nodeUrlQuery:
      '„{{query}}“ není podporováno. Za adresou smí být jen ?zmq=PORT, port z --zmq-pub v monerod.',
    nodeLoginNeeded: 'Uzel chce přihlášení. Zadejte uživatelské jméno a heslo z jeho --rpc-login.',
    nodeLoginRefused: 'Uzel odmítl uživatelské jméno nebo heslo. Zkontrolujte obojí.',
    nodeLoginUnknown: 'Server před uzlem chce druh přihlášení, který není podporován.',
    nodeLoginInClear:
      'Server před uzlem chce heslo v otevřené podobě. Použijte TLS (https://), aby ho nikdo nemohl přečíst.',
    nodeRefused: 'Uzel odpověděl: „{{said}}“.',
    nodeHttpStatus:
      'Uzel odpověděl stavem HTTP {{status}}. Zkontrolujte, zda je to RPC port monerod, a také cestu, pokud je uvedena.',
    nodeNotMonerod:
      'Co tam odpovídá, není monerod (dotaz: {{asked}}). Zkontrolujte, zda je to jeho RPC port.',
    nodeAnswerTooLong: 'Odpověď uzlu je příliš dlouhá. Zkontrolujte, zda je to RPC port monerod.',
    nodeTimeout: 'Uzel neodpověděl do {{limitMs, duration}}.',
    nodeClosed:
      '{{place}} uzavírá spojení bez odpovědi. Zkontrolujte, zda monerod běží a zda je to jeho RPC port. Možná také chce TLS (https://).',
    nodeNotHttp:
      '{{place}} nekomunikuje protokolem HTTP. Zkontrolujte, zda je to RPC port monerod. Možná také chce TLS (https://).',
    nodeConnectionLost: 'Spojení s {{place}} selhalo ({{reason}}).',
    nodeWrongNetwork:
      'Síť uzlu je {{nodeNetwork}}, ale síť adresy peněženky je {{network}}. Použijte uzel této sítě.',
    nodeSyncing: 'Uzel se ještě synchronizuje. Až skončí, těžba začne sama.',
    nodeSyncingAt:
      'Uzel se ještě synchronizuje (blok {{height, integer}} z {{target, integer}}). Až skončí, těžba začne sama.',
    nodeUntrusted:
      'Uzel se ještě synchronizuje a předává, co říká jiný uzel, takže by nemohl zveřejnit blok. Až skončí, těžba začne sama.',
    nodeAddressRefused: 'Uzel tuto adresu peněženky nepřijímá. Zkontrolujte ji.',
    nodeSubaddress: 'Sólo těžba vyžaduje primární adresu, která začíná na 4. Toto je subadresa.',
    nodeIntegrated:
      'Uzel z integrované adresy zahodí ID platby, takže by nikdo nepoznal, komu odměna patří. Sólo těžba vyžaduje primární adresu.',
    nodeOldBlock:
      'Uzel chce blok verze {{version}} z doby před RandomX. Zkontrolujte, zda je uzel synchronizovaný.',
    nodeUnknownLayout:
      'Uzel chce blok neznámé struktury (verze {{version}}). Vyhledejte aktualizaci této aplikace.',
    nodeOtherAlgorithm: 'Uzel chce {{algorithm}}, ale těžit se smí jen {{only}}.',
    nodeUnproven:
      'Nic nedokazuje, že {{host}} je váš uzel. Kdokoli po cestě může rozdávat práci, za kterou dostane zaplaceno někdo jiný. Použijte TLS s certifikátem, kterému důvěřujete.',
    nodeNoPublisher: '{{place}} není vydavatel ZMQ monerod.',
    nodeNotAnnouncing:
      'Uzel neoznamuje nové bloky, takže se ho aplikace ptá jednou za sekundu. Zkontrolujte --zmq-pub v monerod. {{reason}}',
    blockSuperseded: 'V řetězci je novější blok, než na kterém toto řešení staví.',
    blockTemplateUsed: 'Tento blok už řešení má. Druhé se do řetězce dostat nemůže.',
    blockTooEasy: 'Hash nedosahuje obtížnosti bloku.',
    blockOrphaned: 'Jiný blok stejné výšky přišel dřív.',
    blockMissing: 'Uzel blok přijal, ale nemá ho.',
    blockUndelivered: 'Blok se nepodařilo doručit včas. {{reason}}',
    blockUnanswered: 'Aplikace se od uzlu odpojila dřív, než na toto řešení odpověděl.',
    /* The practice pool. */
    practiceNoServer: 'Cvičný pool se na tomto počítači nepodařilo spustit: {{reason}}.',
    /* The wallet address. */
    addressMissing: 'Zadejte svou adresu Monero.',
    addressOtherCoin:
      'Tato adresa vypadá jako adresa pro {{coin}}. Zadejte adresu Monero, která začíná na 4 nebo 8.',
    addressIsSecret:
      'Toto vypadá jako seed fráze nebo tajný klíč. Nikdy je nikomu nedávejte: kdo je má, může vám vzít peníze. Zadejte adresu své peněženky, která začíná na 4 nebo 8.',
    addressIsName:
      '„{{name}}“ je jméno, ne adresa. Aplikace adresy podle jmen nevyhledává. Zadejte samotnou adresu Monero, kterou ukazuje vaše peněženka.',
    addressWithMail:
      'Toto je adresa, za kterou následuje název workeru nebo e-mailová adresa. Zadejte jen adresu. Pokud pool chce v přihlašovacím jménu víc, použijte pole pro přihlašovací jméno (v terminálu --login).',
    addressGap_one:
      'Za prvním znakem je mezera nebo zalomení řádku. Zkopírujte adresu znovu vcelku.',
    addressGap_few:
      'Za {{count}}. znakem je mezera nebo zalomení řádku. Zkopírujte adresu znovu vcelku.',
    addressGap_many:
      'Za {{count}}. znakem je mezera nebo zalomení řádku. Zkopírujte adresu znovu vcelku.',
    addressGap_other:
      'Za {{count}}. znakem je mezera nebo zalomení řádku. Zkopírujte adresu znovu vcelku.',
    addressForeign:
      '{{position}}. znak je chybný: „{{character}}“ se v adrese Monero nikdy nevyskytuje. Zkopírujte adresu znovu.',
    addressInvisible:
      '{{position}}. znak je neviditelný ({{character}}) a do adresy nepatří. Zkopírujte adresu znovu, bez čehokoli kolem.',
    addressTooShort_one: 'Jeden znak chybí: adresa jich má 95. Zkopírujte celou adresu znovu.',
    addressTooShort_few:
      'Na adresu Monero je to příliš krátké: chybí {{count}} z 95 znaků. Zkopírujte celou adresu znovu.',
    addressTooShort_many:
      'Na adresu Monero je to příliš krátké: chybí {{count}} z 95 znaků. Zkopírujte celou adresu znovu.',
    addressTooShort_other:
      'Na adresu Monero je to příliš krátké: chybí {{count}} z 95 znaků. Zkopírujte celou adresu znovu.',
    addressOneTooMany: 'Je tu o jeden znak víc: adresa jich má 95. Zkopírujte celou adresu znovu.',
    addressTooLong:
      'Počet znaků: {{length}}. Adresa Monero jich má 95, integrovaná 106. Zkopírujte celou adresu znovu.',
    addressWrongCharacter:
      'Jeden znak je chybný: {{position}}. v pořadí. Zkopírujte adresu znovu ze své peněženky.',
    addressSwapped:
      'Dva sousední znaky jsou prohozené: {{first}}. a {{second}}. v pořadí. Zkopírujte adresu znovu ze své peněženky.',
    addressChecksum:
      'Některé znaky této adresy jsou chybné: nesedí kontrolní součet. Zkopírujte adresu znovu ze své peněženky.',
    addressUnknownKind:
      'Toto není adresa Monero, i když kontrolní součet sedí. Zkopírujte adresu znovu ze své peněženky.',
    addressTestNetwork:
      'Toto je adresa sítě {{network}}, na které nejsou skutečné peníze. Zadejte adresu v hlavní síti Monero.',
    addressWrongNetwork: 'Toto je adresa sítě {{network}}. Zadejte adresu sítě {{wanted}}.',
    addressLinkOfWallet:
      'Tento odkaz obsahuje klíče peněženky. Nikdy ho nikam nevkládejte. Zadejte jen adresu, která začíná na 4 nebo 8.',
    addressLinkMalformed:
      'Tento platební odkaz nelze přečíst. Zadejte jen adresu, která začíná na 4 nebo 8.',
    addressLinkPaymentId:
      'Tento platební odkaz má payment ID, které těžba nemůže předat, takže by se vaše odměny mohly ztratit. Použijte adresu vlastní peněženky.',
    pictureUnreadable: 'Obrázek se nepodařilo přečíst: {{reason}}. Zvolte jiný.',
    pictureTooLarge:
      'Tento obrázek je příliš velký: limit je 10 MB a 40 megapixelů. Ořízněte ho na QR kód a zkuste to znovu.',
    pictureUnknown:
      'Toto není obrázek PNG ani JPEG, nebo je poškozený. Uložte QR kód v jednom z těchto formátů a zkuste to znovu.',
    pictureWithoutQr:
      'V tomto obrázku nebyl nalezen QR kód. Ořízněte ho na QR kód, nebo vložte adresu.',
    walletRig: 'Název rigu za tečkou smí mít 1 až 31 znaků: písmena, číslice, „-“ a „_“.',
    walletDifficulty: 'Za „+“ napište obtížnost podílu jako celé číslo, například ADDRESS+10000.',
    /* Engine and session. */
    engineMissing:
      'Chybí těžební jádro. Nainstalujte aplikaci znovu, nebo v repozitáři spusťte „npm run set-up“.',
    engineChanged:
      'Těžební jádro bylo po sestavení změněno, proto nebylo načteno. Nainstalujte aplikaci znovu, nebo v repozitáři spusťte „npm run set-up“.',
    engineOutOfMemory:
      'Není dost volné paměti. Lehký režim potřebuje asi 256 MiB, rychlý asi 2,3 GiB. Zavřete jiné programy a začněte znovu.',
    enginePagesUnavailable:
      'Systém má příliš málo paměťových stránek požadované velikosti. Zvolte „auto“.',
    engineSelfTestFailed:
      'Jádro spočítalo při vlastním testu chybný hash, proto netěží. Nahlaste to spolu s modelem svého CPU.',
    engineThreadRefused: 'Systém odmítl další vlákno. Zvolte méně vláken.',
    engineCpuUnsupported: 'Tento procesor nemá instrukční sadu, kterou jádro potřebuje.',
    engineAlgorithmUnknown: 'Tato verze jádra algoritmus nezná. Aktualizujte aplikaci.',
    engineFault: 'Těžební jádro selhalo: {{reason}}',
    engineWarning: 'Těžební jádro běží dál, ale hlásí: {{reason}}',
    fastModeNeedsMemory:
      'Rychlý režim potřebuje asi 2,3 GiB volné paměti, víc, než tento počítač právě má. Těžba pokračuje v lehkém režimu, který je několikrát pomalejší.',
    fastPathWrong:
      'Jeden z rychlých způsobů hashování spočítal při vlastním testu chybný hash a nepoužívá se. Nahlaste to spolu s modelem svého CPU.',
    generatedCodeForbidden:
      'Systém zakazuje generovaný kód, proto se používá mnohem pomalejší interpret. Povolte této aplikaci ve svém bezpečnostním softwaru spouštět generovaný kód.',
    wrongShare:
      'Podíl se při opětovném výpočtu ukázal jako chybný, proto nebyl odeslán. Procesor nebo paměť jsou nestabilní: zrušte přetaktování a zkontrolujte teplotu.',
    shareUnchecked:
      'Byl nalezen podíl, ale na jeho kontrolu nebylo dost volné paměti, proto nebyl odeslán. Zavřete jiné programy.',
    keyWaits:
      'Na nový klíč sítě není dost volné paměti. Těžba bude sama pokračovat, jakmile se uvolní asi 256 MiB. Zavřete jiné programy.',
    fewerThreads: 'Systém odmítl některá vlákna nebo jejich paměť. Těžba pokračuje s ostatními.',
    uncleanExit:
      'Těžba se nespustila automaticky: minule se Ibctminer neukončil správně. Chcete-li těžit, stiskněte „Začít těžit“.',
    noPlan: 'Zatím není na čem těžit. Nejdřív zvolte pool nebo cvičení.',
    noJobYet: 'Přihlášeno, čeká se na první úlohu.',
    noncesExhausted: 'Všechny nonce této úlohy jsou vyzkoušené. Čeká se na další úlohu.',
    stalled:
      'Hashovací vlákna už 10 sekund nedopočítala žádný hash. Počítač je možná velmi vytížený nebo spal.',
    answerNotAwaited: 'Těžba se zastavila dřív, než na tento podíl přišla odpověď.',
    consentMissing: 'Nejdřív udělte souhlas s těžbou na tomto počítači.',
    noPool: 'Nejdřív zvolte pool nebo cvičení.',
    noWallet: 'Nejdřív zadejte adresu Monero pro své odměny.',
    measuring: 'Probíhá měření tohoto počítače. Počkejte, až skončí, nebo ho zrušte.',
    notStarted: 'Těžbu se nepodařilo spustit. Stiskněte „Začít těžit“ znovu.',
    quitting: 'Ibctminer se právě ukončuje. Chcete-li těžit, otevřete ho znovu.',
    miningNow: 'Nejdřív zastavte těžbu. Zkreslila by měření.',
    oldConsent: 'Text se změnil. Než udělíte souhlas, přečtěte si ho znovu.',
    noTrial: 'Plný výkon už skončil. Chcete-li si ho ponechat, zkuste ho znovu.',
    /* Settings and files. */
    noPermission: 'chybí oprávnění',
    diskReadOnly: 'disk je jen pro čtení',
    diskFull: 'disk je plný',
    fileTooLarge: 'soubor je příliš velký',
    notAFile: 'není to soubor',
    systemSaid: 'systém hlásí {{said}}',
    notJson: 'řádek {{line}}, sloupec {{column}} není platný JSON',
    settingsWrong: 'hodnota „{{where}}“ je chybná',
    notSettings: 'it holds no settings', // untranslated
    settingsFromNewer: 'zapsala je novější verze této aplikace',
    settingsSetAside:
      'Vaše nastavení se nepodařilo přečíst: {{fault}}. Aplikace se spustila s novým nastavením a starý soubor ponechala jako {{aside}}.',
    settingsUnusable:
      'Vaše nastavení v {{file}} se nepodařilo přečíst: {{reason}}. Aplikace se spustila s novým nastavením a na tento soubor nesahá, takže vaše změny vydrží jen do ukončení. Opravte soubor nebo jeho oprávnění a spusťte aplikaci znovu.',
    settingsNotKept:
      'Vaše změny nastavení vydrží jen do ukončení: do {{folder}} nelze zapisovat ({{reason}}).',
    settingsUnwritable:
      'Nastavení se nepodařilo uložit do {{file}}: {{reason}}. Zkontrolujte volné místo a oprávnění a zkuste to znovu.',
    tuningUnwritable:
      'Měření se nepodařilo uložit do {{file}}: {{reason}}. Zkontrolujte volné místo a oprávnění a změřte znovu.',
    historyUnwritable:
      'Historii se nepodařilo uložit do {{folder}}: {{reason}}. Těžba pokračuje a až jeden den historie zůstává v paměti, dokud ji nepůjde uložit.',
    historyUndeletable:
      'Historii v {{folder}} se nepodařilo smazat: {{reason}}. Zkontrolujte oprávnění jejích souborů a zkuste to znovu.',
    exportUnwritable:
      'Historii se nepodařilo exportovat do {{file}}: {{reason}}. Zvolte jinou složku nebo uvolněte místo.',
    logUnwritable:
      'Záznamy se nepodařilo uložit do {{folder}}: {{reason}}. Těžba pokračuje a poslední řádky zůstávají v paměti.',
    logUnexportable:
      'Záznamy se nepodařilo exportovat do {{file}}: {{reason}}. Zvolte jinou složku nebo uvolněte místo.',
    folderUnopenable: 'Složku {{folder}} se nepodařilo otevřít: {{said}}.',
    historyDamaged:
      'Část historie v {{file}} se nepodařilo přečíst a byla vynechána. Zbytek je v pořádku.',
    addressReplaced:
      'Někdo jiný změnil adresu peněženky v souboru nastavení. Těžba pokračuje na adresu, kterou máte potvrzenou.',
    markerUnwritable:
      '{{file}} se nepodařilo zapsat ({{reason}}). Pokud aplikace během těžby spadne, při příštím spuštění o tom nebude vědět.',
    markerUnremovable:
      '{{file}} se nepodařilo odstranit ({{reason}}). Při příštím spuštění si aplikace bude myslet, že spadla.',
    /* Window, tray and system. */
    badInput: 'Okno požádalo o něco, co aplikace nezná ({{channel}}: {{reason}}).',
    untrustedSender: 'Tato stránka nesmí ovládat Ibctminer.',
    placeIsOfNode: 'Toto je adresa uzlu. Chcete-li na něm těžit, zvolte „Vlastní uzel“.',
    placeIsOfPool: 'Toto je adresa poolu, ne uzlu.',
    loginItemUnwritable:
      'Otevírání po přihlášení se nepodařilo změnit ({{reason}}). Změňte ho v nastavení systému.',
    /* Terminal: options and configuration files. */
    optionUnknown: '„{{option}}“ není volba. Viz --help.',
    optionTakesNoValue: '--{{name}} nepřijímá hodnotu.',
    optionNeedsValue: '--{{name}} potřebuje hodnotu: --{{name}} {{value}}.',
    optionTwice: '--{{name}} je zadáno dvakrát. Zadejte to jen jednou.',
    optionInvalid: '--{{name}}: {{reason}}',
    optionNotWith: '--{{name}} nelze použít spolu s --{{other}}. Vynechte to.',
    optionNotWithFile:
      'Soubor uvádí své pooly a jejich přihlašovací jména, takže s ním --{{name}} nelze použít. Zadejte i --pool, nebo soubor změňte.',
    placeMissing:
      'Řekněte, kde těžit: --pool HOST:PORT, --daemon URL nebo --practice (viz --help).',
    placesTooMany: 'Zvolte jen jedno: --{{one}} nebo --{{other}}.',
    nodeLoginInUrl:
      'Uzel bere přihlašovací údaje z URL, ne z --{{name}}: --daemon http://USER:PASSWORD@HOST:PORT.',
    poolIsNode: '--pool: „{{url}}“ je adresa monerod. Použijte --daemon.',
    walletMissingForNode: 'Těžba na monerod vyžaduje --wallet ADDRESS, kam přijdou odměny.',
    walletMissingForPool: 'Těžba na poolu vyžaduje --wallet ADDRESS (nebo --login TEXT).',
    walletAndLogin: 'Zadejte --wallet nebo --login, ne obojí.',
    nodeNeedsPrimaryAddress:
      '--wallet: těžba na monerod vyžaduje primární adresu a nic jiného. Začíná na 4 a má 95 znaků.',
    fingerprintInvalid: '--tls-fingerprint přijímá SHA-256 certifikátu: 64 šestnáctkových číslic.',
    algorithmNeedsPool: '--algo {{algorithm}} vyžaduje --pool, který takovou práci má.',
    threadsInvalid: '--threads přijímá na tomto počítači číslo od 1 do {{most}}, ne „{{given}}“.',
    choiceInvalid: '--{{name}} přijímá jednu z hodnot: {{choices}}, ne „{{given}}“.',
    durationInvalid: '--duration přijímá sekundy, víc než 0 a nejvýše {{most}}, ne „{{given}}“.',
    tuneNotWith: '--tune měří a netěží, takže ho nelze použít spolu s --{{name}}.',
    apiTokenAlone: '--api-token je pro HTTP API. Zadejte mu i port: --api-port N.',
    apiPortInvalid: '--api-port přijímá číslo od 1 do 65535, ne „{{given}}“.',
    apiTokenInvalid:
      'HTTP API vyžaduje --api-token TEXT: alespoň {{least}} znaků ASCII bez mezer, které musí posílat ti, kdo ho čtou.',
    configTooLong: 'Soubor „{{file}}“ je na seznam voleb příliš velký.',
    configUnreadable: 'Soubor „{{file}}“ se nepodařilo přečíst: {{reason}}',
    configNotJson:
      'Soubor „{{file}}“ není platný JSON (řádek {{line}}, sloupec {{column}}). Napište něco jako {"practice": true}.',
    configNotAnObject:
      'Soubor „{{file}}“ musí obsahovat jeden objekt, například {"practice": true}, nebo to musí být config.json z XMRig.',
    configUnknownOption: 'V „{{file}}“ není „{{name}}“ volba. Použijte názvy z --help.',
    configNoFlag: 'V „{{file}}“ musí být „{{name}}“ true nebo false.',
    configNoText: 'V „{{file}}“ musí být „{{name}}“ text, například {{wanted}}.',
    fileMissing: 'takový soubor neexistuje.',
    fileForbidden: 'nemáte právo ho číst.',
    fileIsFolder: 'je to složka.',
    fileFault: 'systém hlásí {{code}}.',
    xmrigNoPool: 'V souboru XMRig není žádný zapnutý pool.',
    xmrigNoUrl: 'nemá adresu.',
    xmrigPoolSkipped: 'Pool „{{pool}}“ ze souboru XMRig je vynechán: {{reason}}',
    xmrigNotOurs: '„{{what}}“ zde nelze těžit.',
    xmrigSelfSelect: 'těžba z vlastních šablon bloků (self-select) není podporována.',
    xmrigPrivateKey:
      'Soubor XMRig obsahuje soukromý klíč (spend-secret-key). Ibctminer nikdy žádný nečte. Smažte ho ze souboru a zkuste to znovu.',
    xmrigCpuOff: 'Soubor XMRig vypíná těžbu na CPU a Ibctminer na ničem jiném netěží.',
    xmrigIgnored: 'Tato nastavení ze souboru XMRig zde nemají účinek: {{names}}.',
    xmrigDonation: 'Výše daru z XMRig nemá účinek: není tu žádný dar ani poplatek.',
    xmrigPriority: 'Hashovací vlákna tu mají vždy nejnižší prioritu, ať soubor XMRig říká cokoli.',
    xmrigMsr:
      'Ibctminer nikdy nemění registry procesoru (wrmsr). XMRig spuštěný jako root to dělá a získává tím několik procent.',
    xmrigGpu: 'Ibctminer těží jen na CPU. OpenCL a CUDA jsou vynechány.',
    xmrigPauses: 'Pozastavení na baterii nebo při používání počítače umí jen okenní aplikace.',
    xmrigApiNotLocal:
      'HTTP API v souboru XMRig naslouchá na {{host}}. Zde odpovídá jen tomuto počítači, takže zůstává vypnuté. Použijte --api-port.',
    xmrigApiToken:
      'HTTP API v souboru XMRig nemá přístupový token s alespoň {{least}} znaky, takže zůstává vypnuté. Použijte --api-port a --api-token.',
    xmrigApiReadOnly: 'HTTP API je zde jen pro čtení.',
    /* HTTP API. */
    apiPortTaken: 'Port {{port}} je už obsazený. Zvolte pro HTTP API jiný.',
    apiCannotListen: 'HTTP API nemohlo naslouchat na portu {{port}} ({{reason}}). Zvolte jiný.',
    /* Releases and their signatures. */
    releaseKeyNone: 'Toto sestavení nemá vydavatelský klíč, takže nepozná, co je pravé.',
    signatureUnreadable: 'Podpis nelze přečíst, takže ničemu, co pokrývá, nelze důvěřovat.',
    signatureForeign: 'Soubor není podepsán klíčem Ibctmineru, proto mu nelze důvěřovat.',
    signatureWrong: 'Podpis nesedí: soubor byl po podepsání změněn.',
    releaseUnreadable: 'Nelze přečíst, co server říká o nejnovější verzi.',
    fileListForeign: 'Seznam souborů je podepsaný, ale nepatří k této verzi.',
    comparingNeedsMemory:
      'Porovnání potřebuje 5 GiB volné paměti, pro dva datasety; volných je {{bytes, gibibytes}}. Zavřete jiné programy a zkuste to znovu.',
    commandFailed: 'Příkaz selhal: {{said}}',
    commandGone: 'Tento příkaz už k tomuto počítači nepasuje. Spusťte kontrolu znovu.',
    promptOpen: 'Výzva systému už je otevřená. Nejdřív na ni odpovězte.',
    comparingEnded: 'Měření bylo ukončeno dřív, než se dokončilo.',
    /* A table of prices. */
    tariffUnreadable: '{{file}} se nepodařilo přečíst: {{reason}}. Vyberte jiný soubor.',
    tariffColumns:
      'Na řádku {{line}} má být hodina a cena, například 07:00;0,25, ale je tam „{{text}}“. Ze souboru se nic nepřevzalo.',
    tariffHour:
      'Řádek {{line}}: „{{text}}“ není celá hodina od 0 do 23, například 7 nebo 07:00. Ze souboru se nic nepřevzalo.',
    tariffPrice:
      'Řádek {{line}}: „{{text}}“ není cena, například 0.25 nebo 0,25. Ze souboru se nic nepřevzalo.',
    tariffTwice:
      'Řádek {{line}} dává hodině {{hour}} druhou cenu. Ponechte jen 24 hodin jednoho dne. Ze souboru se nic nepřevzalo.',
    tariffMissing:
      'V souboru chybí cena pro tyto hodiny: {{hours}}. Má obsahovat všech 24 hodin dne. Nic se z něj nepřevzalo.',
    /* A pool's web API. */
    poolApiFailed: 'Nepodařilo se zeptat serveru {{host}} na váš zůstatek. {{why}}',
    poolApiStatus: 'Server odpověděl stavem HTTP {{status}}. Zkuste to později.',
    poolApiRedirects:
      'Server poslal aplikaci na jiný server, kam ale aplikace nepřechází. Webové API poolu se možná přestěhovalo.',
    poolApiTooLong: 'Odpověď je delší než {{size}} bajtů, proto nebyla přečtena.',
    poolApiSilent: 'Server nedokončil odpověď do {{seconds}} s. Zkuste to později.',
    poolApiBroken: 'Spojení se přerušilo ({{reason}}). Zkuste to později.',
    poolApiStrange:
      'Odpověď není taková, jakou tato aplikace čeká. Webové API poolu se možná změnilo.',
    poolApiNoAddress: 'Pool vaši adresu ještě nezná. Bude ji znát po vašem prvním tamním podílu.',
    releaseServer:
      'Nepodařilo se dotázat aktualizačního serveru {{host}} ({{reason}}). Zkuste to později.',
    updateChanged:
      'Stáhlo se něco jiného, než co bylo podepsáno, takže to bylo smazáno. Zkuste to znovu; pokud to nepomůže, podívejte se na stránku ke stažení.',
    updateNotHere: 'Zatím není co instalovat. Nejdřív stáhněte novější verzi.',
    updateAwaitsBlock: 'Blok je na cestě k vašemu uzlu. Instalujte, až dorazí.',
    updateNotOpened: 'Systém nemohl otevřít {{file}} ({{said}}).',
  },
  /** The why line. */
  why: {
    needsConsent: 'Netěží se: zatím není udělen souhlas s těžbou na tomto počítači.',
    notStartedYet: 'Zatím se netěží: těžba začne, až stisknete „Začít těžit“.',
    stoppedByUser: 'Zastaveno vámi.',
    over: 'Zastaveno: toto spuštění skončilo.',
    quitting:
      'Ibctminer se ukončí, jakmile váš uzel přijme nalezený blok. Dalším ukončením se ho vzdáte.',
    connecting: 'Připojování k poolu nebo uzlu.',
    preparing: 'Příprava prvního hashe.',
    building: {
      only: 'Tvorba datasetu, {{progress, percent}}.',
      mining: 'Tvorba datasetu, {{progress, percent}}. Zatím se těží v lehkém režimu.',
      practising:
        'Tvorba datasetu, {{progress, percent}}. Zatím probíhá cvičení v lehkém režimu, které nic nevydělává.',
    },
    mining: {
      fast: 'Těží se v rychlém režimu.',
      light: 'Těží se v lehkém režimu.',
    },
    practising: {
      fast: 'Cvičení v rychlém režimu, které nic nevydělává.',
      light: 'Cvičení v lehkém režimu, které nic nevydělává.',
    },
    paused: 'Pozastaveno: {{reasons}}.',
    pausedFor: 'Pozastaveno: {{reason}}, ještě {{remainingMs, duration}} (konec: {{end}}).',
    held: {
      heat_one: 'Kvůli teplotě omezeno na {{count}} vlákno.',
      heat_few: 'Kvůli teplotě omezeno na {{count}} vlákna.',
      heat_many: 'Kvůli teplotě omezeno na {{count}} vlákna.',
      heat_other: 'Kvůli teplotě omezeno na {{count}} vláken.',
      watts_one: 'Kvůli úspoře energie omezeno na {{count}} vlákno.',
      watts_few: 'Kvůli úspoře energie omezeno na {{count}} vlákna.',
      watts_many: 'Kvůli úspoře energie omezeno na {{count}} vlákna.',
      watts_other: 'Kvůli úspoře energie omezeno na {{count}} vláken.',
    },
    notScheduledYet: 'Čeká se podle rozvrhu, začátek: {{end}}.',
    neverScheduled: 'Netěží se: váš rozvrh nemá žádné hodiny.',
    reasonUntil: '{{reason}} (konec: {{end}})',
    pausedBecause: {
      user: 'vámi',
      snooze: 'odloženo',
      battery: 'napájení z baterie',
      inUse: 'používáte počítač',
      schedule: 'mimo hodiny rozvrhu',
      heat: 'procesor je příliš horký',
      fullScreen: 'běží program na celou obrazovku',
      metered: 'měřené připojení k internetu',
      listedProcess: 'běží program z vašeho seznamu',
    },
    goesOn: {
      user: 'Pokračujte tlačítkem „Pokračovat“.',
      battery: 'Při napájení ze sítě pokračuje.',
      inUse: 'Pokračuje, až necháte počítač v klidu.',
      heat: 'Pokračuje, až vychladne.',
      fullScreen: 'Po opuštění celé obrazovky pokračuje.',
      metered: 'Pokračuje s jiným připojením.',
      listedProcess: 'Pokračuje po jeho ukončení.',
    },
    retrying: 'Další pokus za {{retryInMs, duration}}: {{problem}}',
  },
  /** Lines of the log and of the terminal. */
  log: {
    connected: 'Připojeno k {{place}}.',
    connectedEncrypted: 'Připojeno k {{place}} přes TLS.',
    connectedByTls: 'Připojeno k {{place}} přes TLS. SHA-256 certifikátu: {{fingerprint}}.',
    connectedPractice: 'Připojeno ke cvičnému poolu, který nic nevydělává.',
    loggedIn: 'Přihlášeno.',
    job: 'Nová úloha: {{algorithm}}, obtížnost {{difficulty, integer}}.',
    jobAtHeight: 'Nová úloha: {{algorithm}}, obtížnost {{difficulty, integer}}, výška {{height}}.',
    jobRefused: 'Úloha odmítnuta. {{problem}}',
    shareAccepted: 'Podíl přijat (obtížnost {{difficulty, integer}}, {{ms}} ms).',
    shareRejected: 'Podíl zamítnut. {{problem}}',
    shareStale: 'Podíl zastaral. {{problem}}',
    disconnected: '{{problem}} Další pokus za {{retryInMs, duration}}.',
    givenUp: 'Pokusy ukončeny. {{problem}}',
    problem: '{{problem}}',
    notStartedAfterStop: 'Těžba se nespustila automaticky: minule byla zastavena vámi.',
    notStartedAfterCrash: 'Těžba se nespustila automaticky: minule se Ibctminer neukončil správně.',
    stoppedByFault: 'Těžbu zastavila vnitřní chyba: {{reason}}',
    newVersion: 'Je k dispozici verze {{version}}. Jak ji nainstalovat, najdete v Nastavení.',
    fullPowerNotKept: 'Plný výkon nebyl ponechán. Zpět k dřívějšímu nastavení.',
  },
  /** The tray's menu and tooltip. */
  tray: {
    start: 'Začít těžit',
    stop: 'Zastavit',
    power: 'Výkon',
    profile: {
      quiet: 'Tichý',
      balanced: 'Střední',
      full: 'Plný',
    },
    shares: 'Podíly: {{accepted}} přijato, {{rejected}} zamítnuto, {{stale}} zastaralo',
    open: 'Otevřít Ibctminer',
    settings: 'Nastavení…',
    quitMining: 'Ukončit (zastaví těžbu)',
  },
  notification: {
    hidden:
      'Ibctminer běží dál v oznamovací oblasti. Z jeho nabídky můžete zastavit těžbu nebo ho ukončit.',
    blockUnderWay:
      'Byl nalezen blok. Ibctminer se ukončí, jakmile ho váš uzel přijme, nejpozději do dvou minut. Chcete-li ho ukončit hned, ukončete ho znovu.',
    goesOn: 'Znovu se těží.',
    poolDown: '{{host}} už 2 minuty nedává práci.',
    poolDownBecause: '{{host}} už 2 minuty nedává práci: {{why}}',
    poolBack: '{{host}} je zpět.',
    noShares: 'Příliš dlouho žádný podíl: {{times}} × očekávaná doba. Víc ukáže Historie.',
    rejects: 'Pool zamítá {{part, percent}} vašich podílů.',
  },
  /** The system's own dialogs. */
  dialog: {
    quitStops: 'Ukončením se těžba zastaví',
    quitStopsDetail:
      'Další podíly se nenajdou, dokud neotevřete Ibctminer a nezačnete znovu těžit.',
    noSandbox: 'Ibctminer bez svého sandboxu neběží',
    noSandboxDetail:
      'Byl spuštěn s --no-sandbox, takže by se chyba v okně mohla dostat k vašim souborům. Spusťte ho bez této volby; pokud váš systém sandbox zakazuje, nainstalujte balíček pro Debian, který potřebné oprávnění obsahuje.',
    pictures: 'Obrázky',
    tables: 'Tabulky (CSV)',
    pageFails: 'Okno stále padá',
    pageFailsDetail:
      'Těžby se to netýká. Zkuste to znovu, nebo zastavte těžbu a ukončete aplikaci.',
  },
  /** The terminal miner. */
  terminal: {
    what: 'Těžba Monera na vlastním procesoru, v terminálu.',
    options: '[volby]',
    exit: 'Ctrl+C zastaví. Návratový kód: 0 po zastavení, 2 při chybném použití, 1 při selhání, které těžbu ukončí.',
    option: {
      pool: 'těžit na tomto poolu; opakováním přidáte záložní',
      daemon: 'sólo těžba na monerod: http://127.0.0.1:18081[/?zmq=PORT]',
      practice: 'těžit na vestavěném cvičném poolu: skutečná práce, žádný výdělek',
      wallet: 'vaše adresa Monero, také ADDRESS+DIFF nebo ADDRESS.RIG',
      login: 'odešle se poolu přesně tak, jak je zadáno, místo --wallet',
      pass: 'heslo pro pool (výchozí: x)',
      tls: 'použít TLS; první certifikát se ukáže a pro toto spuštění připne',
      'tls-fingerprint': 'SHA-256 jediného certifikátu, který se má přijmout',
      'rig-id': 'název tohoto počítače, který pool ukazuje',
      socks5: 'připojit se k poolu přes tuto proxy',
      threads: 'počet hashovacích vláken',
      mode: 'fast potřebuje 2,3 GiB paměti, light 256 MiB',
      algo: 'přijímat jen úlohy tohoto algoritmu',
      'api-port': 'HTTP API jen pro čtení na 127.0.0.1, pro sledovací panely',
      'api-token': 'co musí posílat ti, kdo API čtou; alespoň 8 znaků',
      inspect: 'ukazovat každou zprávu z poolu a do něj, bez vaší adresy',
      tune: 'asi minutu měřit tento počítač a ponechat nejrychlejší nastavení; netěží',
      'no-learning': 'nezkoušet během těžby jiná nastavení (vlákna, hashe najednou)',
      config: 'číst volby ze souboru JSON, s názvy jako zde, nebo z config.json od XMRig',
      duration: 'zastavit po tolika sekundách',
      json: 'vypisovat jeden objekt JSON na řádek',
      help: 'ukázat tuto nápovědu',
      version: 'ukázat verzi',
    },
    demonstration:
      'Ukázka na cvičném poolu uvnitř tohoto programu, podílů: {{shares}}. Nic nevydělává. Ctrl+C ji ukončí.',
    status:
      '{{h10s}} 10 s · {{h60s}} 60 s · {{h15m}} 15 min · {{accepted}} přijato, {{rejected}} zamítnuto, {{stale}} zastaralo',
    dataset: 'dataset {{progress, percent}}',
    practicePool: 'cvičný pool',
    api: 'HTTP API pro sledovací panely: {{url}}/2/summary a {{url}}/metrics',
    ended:
      'Skončilo po {{ms, duration}}: {{accepted}} přijato, {{rejected}} zamítnuto, {{stale}} zastaralo, hashů: {{hashes, integer}}.',
    tuneBegins: 'Měření tohoto počítače potrvá asi minutu. Nikomu se nic neposílá.',
    tunePoint: '{{threads}}, {{sideBySide}}: {{rate, hashrate}}',
    tuneKept: 'Ponecháno pro {{algorithm}}, režim {{mode}}: {{best}}',
    forReal:
      'Chcete-li těžit doopravdy, na vlastním počítači nebo na takovém, který smíte používat:',
    forRealAlone: 'Nebo sólo na vlastním monerod:',
    allOptions: 'Všechny volby:',
  },
};
