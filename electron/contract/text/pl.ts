// 2. osoba l. poj., bez form rodzajowych. share — udział, pool — pool, node — węzeł, rig — koparka, huge pages — bez zmian, practice — trening, fee — prowizja, Health — „Kondycja”.
import type { Catalogue } from './catalogues.ts';

export const pl: Catalogue = {
  app: {
    name: 'Ibctminer',
    what: 'Kopie Monero na twoim procesorze',
    title: 'Ibctminer · {{screen}}',
    loading: 'Uruchamianie…',
    noBridgeTitle: 'Ta strona działa tylko w aplikacji',
    noBridge: 'Otwórz Ibctminer. W przeglądarce ta strona nie ma się z czym połączyć.',
    failedTitle: 'Nie udało się wczytać aplikacji',
    retry: 'Ponów',
    silentTitle: 'Proces kopiący nie odpowiada',
    silent:
      'Wiek poniższych danych: {{ago}}. Jeśli to nie ustąpi, zamknij aplikację i otwórz ją ponownie. Zamknięcie zatrzymuje kopanie.',
    practice: 'Trening',
    practiceBanner:
      'Trening: hashowanie jest prawdziwe, ale nic nie opuszcza tego komputera i niczego się nie zarabia.',
    addressChanged:
      'Ktoś inny zmienił adres portfela w pliku ustawień. Nowa wartość: {{found}}. Aplikacja nadal używa adresu potwierdzonego przez ciebie: {{confirmed}}.',
    addressNone: 'brak',
    addressKeep: 'Zachowaj potwierdzony adres',
    addressUse: 'Użyj drugiego adresu',
    dismiss: 'Zamknij',
    skipToContent: 'Przejdź do treści',
  },
  nav: {
    label: 'Główne menu',
    dashboard: 'Pulpit',
    history: 'Historia',
    pools: 'Poole',
    settings: 'Ustawienia',
    logs: 'Dziennik',
    health: 'Kondycja',
    about: 'O programie',
  },
  commands: {
    title: 'Polecenia',
    search: 'Szukaj poleceń',
    none: 'Nie ma takiego polecenia.',
    mining: 'Kopanie',
    screens: 'Przejdź do',
    settings: 'Ustawienia: {{section}}',
    pause15: 'Wstrzymaj na 15 minut',
    pause60: 'Wstrzymaj na 1 godzinę',
    pause240: 'Wstrzymaj na 4 godziny',
    pauseOpen: 'Wstrzymaj do odwołania',
    themeSystem: 'Motyw systemowy',
    themeLight: 'Motyw jasny',
    themeDark: 'Motyw ciemny',
    zoomIn: 'Powiększ',
    zoomOut: 'Pomniejsz',
    zoomReset: 'Rozmiar rzeczywisty',
    control: 'Ctrl',
  },
  tour: {
    title: 'Przewodnik po pulpicie',
    show: 'Pokaż przewodnik po pulpicie',
    progress: '{{step}} z {{count}}',
    next: 'Dalej',
    done: 'Gotowe',
    never: 'Nie pokazuj więcej',
    steps: {
      state:
        'Tu, na górze, aplikacja zawsze mówi, czy kopie, i dlaczego tak lub nie. Obok są przyciski „Zacznij kopać” i „Zatrzymaj”, które działają od razu.',
      hashrate:
        'Ile hashy ten komputer próbuje w każdej sekundzie. Wartość trochę się waha, więc średnie z minuty i z kwadransa mówią więcej.',
      shares:
        'Udział to hash na tyle dobry, by pokazać go poolowi, który płaci za każdy przyjęty. Za odrzucone i spóźnione nie płaci; kilka spóźnionych to nic dziwnego.',
      pool: 'Skąd pochodzi praca i kto dostaje zapłatę. Trudność mówi, jak rzadki jest udział, a ping, jak szybko odpowiada pool.',
      money:
        'Szacunek, co kopanie tu przynosi i ile kosztuje. Wpisz swoje ceny, aby zobaczyć, czy się opłaca.',
      machine:
        'Co robi każdy wątek i jaki rodzaj pamięci dostało kopanie. „Kondycja” pokazuje, jak je przyspieszyć.',
    },
  },
  state: {
    label: 'Stan kopania',
    needsConsent: 'Nieskonfigurowane',
    stopped: 'Zatrzymane',
    connecting: 'Łączenie',
    preparing: 'Tworzenie datasetu',
    preparingLight: 'Kopanie w trybie lekkim',
    mining: 'Kopanie',
    paused: 'Wstrzymane',
    waiting: 'Oczekiwanie',
    failed: 'Zatrzymane przez problem',
    unknown: 'Oczekiwanie na proces kopiący',
  },
  control: {
    start: 'Zacznij kopać',
    stop: 'Zatrzymaj',
    pause: 'Wstrzymaj',
    pause15: '15 minut',
    pause60: '1 godzina',
    pause240: '4 godziny',
    pauseOpen: 'Do odwołania',
    resume: 'Wznów',
    cancel: 'Anuluj',
    back: 'Wstecz',
    continue: 'Dalej',
    save: 'Zapisz',
    copyCommand: 'Kopiuj polecenie',
    runCommand: 'Uruchom polecenie',
    copied: 'Skopiowano',
  },
  consent: {
    text: 'Ta aplikacja używa twojego procesora do kopania Monero na adres, który podasz. Zużywa prąd, wytwarza ciepło i hałas i może spowolnić ten komputer. Kop tylko na komputerach, które są twoje lub których wolno ci używać. Kopanie rusza dopiero po naciśnięciu „Zacznij kopać”.',
    agree: 'Znam ten tekst i wyrażam zgodę',
    title: 'Zanim cokolwiek ruszy',
    changed: 'Ten tekst zmienił się od czasu wyrażenia zgody, więc pytamy ponownie.',
    promises: 'Na czym możesz polegać',
    promiseFee: 'Bez prowizji. Kopiesz na swój adres i na niczyj inny.',
    promiseQuiet:
      'Bez telemetrii. Aplikacja łączy się z wybranym poolem lub węzłem i z niczym więcej, chyba że o to poprosisz.',
    promiseStop: '„Zatrzymaj” działa natychmiast, a „Zakończ” nie zostawia niczego uruchomionego.',
  },
  wizard: {
    label: 'Konfiguracja',
    progress: 'Krok {{step}} z {{count}}',
    consent: 'Zgoda',
    wallet: 'Portfel',
    pool: 'Pool',
    power: 'Moc',
    review: 'Przegląd',
  },
  wallet: {
    title: 'Dokąd mają trafiać nagrody?',
    lead: 'Wklej adres odbiorczy swojego portfela Monero. Aplikacja nigdy nie pyta o klucze ani o frazę seed. Kto o nie pyta, jest oszustem.',
    address: 'Adres portfela Monero',
    placeholder: 'Zaczyna się od 4 lub 8',
    checking: 'Sprawdzanie…',
    compare:
      'Porównaj go z adresem w portfelu, zwłaszcza pierwsze i ostatnie znaki. Niektóre złośliwe programy podmieniają adresy w schowku.',
    addressLabel: 'Adres w blokach po osiem znaków',
    kinds: {
      standard: 'To prawidłowy adres Monero.',
      subaddress:
        'To prawidłowy subadres Monero. Większość pooli go przyjmuje, ale do kopania solo potrzebny jest adres główny.',
      integrated: 'To prawidłowy adres zintegrowany. Niektóre poole go nie przyjmują.',
    },
    fromLink: 'Z tego linku do płatności wzięto tylko adres.',
    readPicture: 'Odczytaj kod QR z obrazu',
    none: 'Brak portfela?',
    how: 'Zainstaluj portfel z getmonero.org lub na telefonie, zapisz jego frazę seed na papierze, a potem skopiuj adres pokazany w sekcji „Odbierz”.',
    getWallet: 'Otwórz getmonero.org',
    skip: 'Trenuj bez portfela',
  },
  pool: {
    title: 'Skąd ma pochodzić praca?',
    lead: 'Pool rozdaje pracę i płaci za twoje udziały. Lepszy jest mały: Monero jest najbezpieczniejsze, gdy żaden pool nie jest duży, a na dłuższą metę wszystkie płacą tyle samo, pomniejszone o prowizję. Jeszcze lepszy jest P2Pool: nie ma ani operatora, ani prowizji.',
    sizes: 'Zobacz wielkość każdego poola',
    choices: 'Źródło pracy',
    own: 'Inny pool',
    ownHint: 'Dowolny pool Monero, według adresu',
    proxy: 'xmrig-proxy',
    proxyHint: 'Twoje własne proxy, które zna twój pool i portfel',
    p2pool: 'Własny P2Pool',
    p2poolHint:
      'Zdecentralizowany, bez prowizji. Wymaga monerod i P2Pool, na tym lub innym komputerze',
    node: 'Własny węzeł',
    nodeHint:
      'Kopanie solo z własnym monerod, tutaj lub gdziekolwiek w twojej sieci. Bloki są rzadkie, ale cała nagroda jest twoja',
    practice: 'Pool treningowy',
    practiceHint: 'Wypróbuj wszystko na tym komputerze, bez internetu i bez zarobku',
    earnsNothing: 'Nic nie zarabia',
    encrypted: 'Szyfrowane (TLS)',
    tlsShort: 'TLS',
    plain: 'Nieszyfrowane',
    needsWallet: 'Wymaga adresu portfela',
    known: 'Znane poole',
    recommended: 'Najlepsze dla Monero',
    measure: 'Zmierz opóźnienie',
    measuring: 'Mierzenie…',
    measureHint:
      'Łączy się bezpośrednio z każdym z tych pooli i zaraz się rozłącza. Twój adres nie jest wysyłany.',
    nearest:
      'Najbliższy: {{name}}, {{ms}} ms. Odległość niewiele znaczy: każde 100 ms kosztuje mniej niż 0,1% twoich udziałów.',
    noneReached: 'Żaden z tych pooli nie jest osiągalny. Sprawdź połączenie z internetem.',
    /** Of a connection that was only measured. */
    latencies: {
      refused: 'Odrzuca połączenia',
      notFound: 'Nie znaleziono',
      offline: 'Nieosiągalny',
      silent: 'Brak odpowiedzi',
      certificate: 'Certyfikat niezaufany',
      failed: 'Nie działa',
    },
    fee: 'Prowizja {{percent}}%',
    facts: {
      title: 'Informacje: {{name}}',
      region: 'Serwery',
      ports: 'Porty',
      fee: 'Prowizja',
      payout: 'Min. wypłata',
      onItsPage: 'Podana na stronie poola',
      percent: '{{percent}}%',
      amount: '{{amount}} XMR',
      source: 'Źródło',
      sourceOf: '{{source}}, {{date}}. Sprawdź to na stronie poola.',
      open: 'Otwórz {{page}}',
    },
    regions: {
      global: 'Kilka regionów; nazwa prowadzi do pobliskiego',
      europe: 'Europa',
      unknown: 'Nieznane',
    },
    sources: {
      pool: 'Strony opublikowane przez sam pool',
      lists: 'Strony opublikowane przez sam pool; prowizja z publicznych list pooli',
      configurations: 'Publiczne konfiguracje programów kopiących',
    },
    address: 'Adres poola',
    addressHint: 'Na przykład pool.example.org:443',
    nodeAddress: 'Adres węzła',
    nodeAddressHint: 'Na przykład 127.0.0.1:18081',
    tls: 'Szyfruj połączenie (TLS)',
    p2poolPays:
      'P2Pool płaci na portfel, z którym go uruchomiono: --wallet (adres główny) lub --subaddress, jeśli go podano. Login wysyłany przez tę aplikację to tylko nazwa.',
    proxyPays:
      'Proxy kopie na portfel z własnych ustawień. Login wysyłany przez tę aplikację to tylko nazwa.',
    ownFacts:
      'Prowizja {{percent}}%, najmniejsza wypłata około {{amount}} XMR, według README P2Pool z {{date}}.',
    noTls:
      'Bez TLS każdy na drodze między tobą a poolem może odczytać twój adres i przekierować twoje udziały. Użyj portu TLS poola, jeśli pool taki ma.',
    noTlsNode:
      'Bez TLS każdy na drodze między tobą a węzłem może przekierować twoje nagrody. Rób to tylko w sieci, której ufasz.',
    noTlsConfirm: 'Łącz bez szyfrowania',
    test: 'Sprawdź połączenie',
    testing: 'Sprawdzanie…',
    testOk: 'Działa',
    testFailed: 'Nie działa',
    testJob: 'Odpowiedź przyszła po {{ms}} ms, z pracą, którą ta aplikacja potrafi kopać.',
    trusted: 'Ufasz jego certyfikatowi.',
    fingerprint: 'Certyfikat: {{fingerprint}}',
    remedy: {
      none: 'Łącz bez TLS',
      authority: 'Użyj TLS',
      pinned: 'Zaufaj certyfikatowi',
    },
  },
  power: {
    title: 'Jak intensywnie ma pracować?',
    lead: 'Możesz to zmienić w każdej chwili, nawet podczas kopania.',
    profiles: 'Moc',
    quiet: 'Cicha',
    quietHint: 'Ledwo zauważalna podczas pracy',
    balanced: 'Średnia',
    balancedHint: 'Zostawia ci połowę komputera',
    full: 'Pełna',
    fullHint: 'Wszystkie użyteczne wątki: głośniej, goręcej i wolniej dla ciebie',
    custom: 'Własna',
    customHint: 'Wybierz liczbę wątków',
    threads_one: '{{count}} wątek',
    threads_few: '{{count}} wątki',
    threads_many: '{{count}} wątków',
    threads_other: '{{count}} wątku',
    ofThreads: '{{threads}} z {{available}}',
    threadCount: 'Wątki',
    cpu: '{{model}} · procesory logiczne: {{available}}',
    times: 'Kiedy ma działać',
    battery: 'Wstrzymuj na baterii',
    batteryHint: 'Wznawia przy zasilaniu z sieci',
    batteryBelow: 'Na baterii wstrzymuj',
    batteryAlways: 'zawsze',
    batteryCharge: 'poniżej {{charge, percent}} naładowania',
    idle: 'Kop tylko, gdy komputer jest bezczynny',
    idleHint:
      'Wstrzymuje, gdy tylko dotkniesz myszy lub klawiatury. Zablokowany ekran liczy się jako bezczynność.',
    idleAfter: 'Bezczynny po',
    minutes_one: '{{count}} minucie',
    minutes_few: '{{count}} minutach',
    minutes_many: '{{count}} minutach',
    minutes_other: '{{count}} minuty',
    notAvailable: 'Niedostępne: ten system tego nie zgłasza.',
    fullTitle: 'Użyć pełnej mocy?',
    fullText:
      'Kopać będą wszystkie użyteczne wątki, więc komputer będzie głośniejszy, gorętszy i wolniejszy w użyciu. Po 30 sekundach aplikacja wróci do obecnego ustawienia, chyba że zachowasz pełną moc.',
    fullConfirm: 'Wypróbuj',
    trial: 'Pełna moc skończy się za {{seconds}} s, chyba że ją zachowasz.',
    trialWaiting:
      'Pełna moc włączy się razem z kopaniem i skończy po 30 sekundach, chyba że ją zachowasz.',
    keep: 'Zachowaj pełną moc',
    revert: 'Wróć teraz',
  },
  tuning: {
    title: 'Dostrajanie wydajności',
    hint: 'Przez około minutę próbuje różnych liczb wątków oraz hashy liczonych naraz w każdym wątku, a potem używa najszybszej kombinacji. Nic nie jest wysyłane i niczego się nie zarabia.',
    notWhileMining: 'Najpierw zatrzymaj kopanie. Zakłóciłoby pomiar.',
    whileMining: 'Dostrajaj podczas kopania',
    whileMiningHint:
      'W pierwszych minutach kopania próbuje kolejno innych ustawień i zachowuje najszybsze. Każdy hash i tak się liczy. Czeka, gdy temperatura ogranicza wątki.',
    trying: 'Próba: {{threads}}, {{hashes}}.',
    measure: 'Zmierz',
    measureAgain: 'Zmierz ponownie',
    progress: 'Pomiar',
    curve: 'Hashrate w zależności od liczby wątków',
    best_one: 'Najszybciej: {{count}} wątek, {{hashes}}, {{rate}}.',
    best_few: 'Najszybciej: {{count}} wątki, {{hashes}}, {{rate}}.',
    best_many: 'Najszybciej: {{count}} wątków, {{hashes}}, {{rate}}.',
    best_other: 'Najszybciej: {{count}} wątku, {{hashes}}, {{rate}}.',
    sideBySide_one: 'po jednym hashu',
    sideBySide_few: 'po {{count}} hashe naraz',
    sideBySide_many: 'po {{count}} hashy naraz',
    sideBySide_other: 'po {{count}} hasha naraz',
    measuredAt: 'Zmierzono {{date}}, tryb: {{mode}}.',
    fast: 'szybki',
    light: 'lekki',
  },
  review: {
    title: 'Gotowe. Nic jeszcze nie działa',
    lead: 'Kopanie ruszy dopiero, gdy na następnym ekranie naciśniesz „Zacznij kopać”.',
    walletNone: 'Brak (tylko trening)',
    power: '{{profile}}, {{threads}}',
    rules: 'Reguły',
    noRules: 'Brak',
    finish: 'Zakończ konfigurację',
    edit: 'Zmień',
  },
  dashboard: {
    hashrate: 'Hashrate',
    over10s: '10 s',
    over60s: '60 s',
    over15m: '15 min',
    chart: 'Hashrate, najwyżej z ostatnich 15 minut',
    chartEmpty: 'Wykres zacznie się od pierwszych hashy.',
    showTable: 'Pokaż jako tabelę',
    minute: 'Minuta',
    average: 'Średnia',
    shares: 'Udziały',
    accepted: 'Przyjęte',
    rejected: 'Odrzucone',
    stale: 'Spóźnione',
    sharesIdle:
      'Udział to dowód wykonanej pracy, za który pool płaci. Twoje udziały pojawią się tutaj, gdy zaczniesz kopać.',
    firstShare: 'Pierwszy udział spodziewany za około {{time}}.',
    nextShare: 'Przy tej trudności mniej więcej jeden udział co {{time}}.',
    noShare: {
      normal:
        'Brak udziału od {{time}} jest przy tej trudności normalny (prawdopodobieństwo: {{chance}}).',
      unlucky: 'Brak udziału od {{time}} to pech, ale tak bywa (prawdopodobieństwo: {{chance}}).',
      unusual:
        'Brak udziału od {{time}} jest nietypowy (prawdopodobieństwo: {{chance}}). Sprawdź w „Kondycji” i „Dzienniku”, czy nie ma problemu z poolem lub tym komputerem.',
    },
    luck: 'Znaleziono: {{found}}; z dotychczasowych hashy oczekiwano: {{expected}}.',
    connection: 'Pool',
    host: 'Serwer',
    paidTo: 'Odbiorca',
    paidToKnown: 'Adres ustawiony tam',
    local: 'na tym komputerze',
    byTor: 'szyfrowane przez Tor',
    connectedFor: 'Połączono od',
    ms: '{{ms}} ms',
    noPool: 'Dopóki nie naciśniesz „Zacznij kopać”, nie ma żadnych połączeń.',
    willConnect: 'Połączy się z',
    algorithm: 'Algorytm',
    difficulty: 'Trudność',
    height: 'Wysokość',
    ping: 'Ping',
    uptime: 'Czas pracy',
    temperature: 'Temperatura CPU',
    power: 'Moc CPU',
    watts: '{{watts}}\u00a0W',
    efficiency: 'Wydajność',
    joulesPerMegahash: '{{joules}}\u00a0J/MH',
    link: {
      offline: 'Offline',
      connecting: 'Łączenie',
      loggedIn: 'Połączono',
      waiting: 'Czeka na połączenie',
    },
    retryIn: 'Następna próba za {{seconds}} s',
    threads: 'Wątki',
    threadsOf: '{{count}} z {{available}} procesorów logicznych',
    cpu: 'CPU {{cpu}}',
    threadsIdle: 'Tutaj widać hashrate każdego wątku.',
    engine: 'Pamięć',
    datasetHint: 'Około 2 GiB, tworzony raz i trzymany podczas kopania.',
    mode: 'Tryb',
    modes: {
      light: 'Lekki (256 MiB, wolny)',
      fast: 'Szybki (2 GiB)',
    },
    region: {
      dataset: 'Dataset',
      cache: 'Cache',
      scratchpads: 'Scratchpady',
    },
    page: {
      '1g': 'Strony 1 GiB',
      '2m': 'Strony 2 MiB',
      thp: 'Transparent huge pages',
      '4k': 'Strony 4 KiB',
      none: 'Nieprzydzielone',
    },
    pagesGood: 'Huge pages są w użyciu. Szybciej pamięć już nie będzie działać.',
    pagesPartly:
      'Transparent huge pages pomagają. Zarezerwowane huge pages po 2 MiB są często jeszcze szybsze.',
    pagesSmall:
      'Małe strony spowalniają kopanie. W „Kondycji” jest dokładne polecenie, które włącza huge pages.',
    engineIdle: 'Gdy kopanie jest wyłączone, pamięć nie jest zajęta.',
    openHealth: 'Otwórz Kondycję',
    openPools: 'Otwórz Poole',
    openLogs: 'Otwórz Dziennik',
  },
  money: {
    title: 'Zarobek i koszt',
    edit: 'Edytuj dane',
    practice: 'Trening nic nie zarabia. Tyle przyniósłby ten sam hashrate w sieci Monero.',
    empty:
      'Tu zobaczysz, ile kopanie przynosi i kosztuje: szacunek ze wszystkim, z czego się składa. Bez twojej zgody niczego nie sprawdza się w internecie.',
    brings: 'Przynosi dziennie',
    worth: 'Wartość',
    costs: 'Kosztuje dziennie',
    net: 'Netto dziennie',
    energy: 'Energia na megahash',
    xmr: '{{xmr}}\u00a0XMR',
    joules: '{{joules}}\u00a0J',
    costsMore: 'Kopanie kosztuje więcej, niż przynosi',
    costsMoreText:
      'Przy tym hashracie strata to średnio około {{lost}} dziennie. Cichsze ustawienie mocy często przynosi więcej na wat.',
    mostDays: 'Cztery dni na pięć przynoszą od {{low}} do {{high}}',
    mostDaysNothing: 'Dziewięć dni na dziesięć lub więcej nie przynosi nic',
    mostDaysNet: 'Po odliczeniu prądu to od {{low}} do {{high}}.',
    nothing: 'Prawdopodobieństwo, że w ciągu 24 godzin nie będzie zupełnie nic: {{chance}}.',
    unit: {
      block:
        'Średnio znajdujesz jeden blok na {{time}} i dostajesz go w całości: {{xmr}} XMR. Rozrzut to kwestia szczęścia w znajdowaniu bloków.',
      share:
        'Średnio znajdujesz jeden udział na {{time}}, wart {{xmr}} XMR. Rozrzut to kwestia szczęścia w twoich udziałach; dochodzi do tego szczęście poola i jego prowizja.',
      p2poolShare:
        'Średnio znajdujesz jeden płatny udział P2Pool na {{time}}, wart {{xmr}} XMR. Rozrzut to kwestia szczęścia w tych udziałach.',
    },
    noPromise:
      'Przy tym hashracie, średnio, za 24 godziny kopania. To szacunek, a nie obietnica: trudność i cena zmieniają się cały czas.',
    needed: 'Jeszcze potrzeba:',
    need: {
      rate: 'twój hashrate, znany po minucie kopania',
      network:
        'trudność i nagroda sieci: podają je twój własny węzeł, P2Pool i niektóre poole; w innym razie je wpisz',
      price: 'cena Monero',
      watts: 'moc w watach, którą pobiera kopanie',
      tariff: 'cena prądu',
    },
    madeOf: 'Z czego to się składa',
    input: {
      rate: 'Hashrate',
      difficulty: 'Trudność sieci',
      reward: 'Nagroda za blok',
      price: 'Cena 1 XMR',
      watts: 'Moc',
      tariff: 'Cena 1 kWh',
    },
    source: {
      rate: 'zmierzono tutaj, {{time}}',
      node: 'z twojego węzła, {{time}}',
      p2pool: 'z P2Pool, {{time}}',
      pool: 'z poola, {{time}}',
      typed: 'wpisano, {{time}}',
      tariffMean: 'średnia z godzin kopania, wpisano, {{time}}',
      measured: 'tylko procesory, zmierzono, {{time}}',
    },
    p2poolFault: {
      notFound:
        'We wskazanym folderze nie ma danych P2Pool. Powinny w nim być network/stats i pool/stats.',
      old: 'Dane P2Pool we wskazanym folderze mają ponad dziesięć minut. Czy P2Pool działa?',
    },
    dialogText:
      'Wszystko zostaje na tym komputerze, a każda liczba zachowuje datę wpisania. Czego nie wiesz, zostaw puste.',
    priceLabel: 'Cena 1 XMR',
    priceHint: 'Dzisiejsza cena, ze źródła, któremu ufasz.',
    currencyLabel: 'Waluta',
    currencyHint: 'Trzy litery: EUR, USD.',
    tariffLabel: 'Cena 1 kWh',
    tariffHint: 'W tej samej walucie, z rachunku za prąd.',
    windowsLabel: 'Inne ceny w określonych godzinach',
    windowsHint:
      'Codziennie według zegara tego komputera, na przykład 22-6: 0,18; 12-14: 0,25. We wszystkich pozostałych godzinach obowiązuje cena powyżej. Dzięki temu „Harmonogram” może trzymać się najtańszych godzin.',
    readTariff: 'Wczytaj ceny z pliku CSV',
    readTariffHint:
      'Od twojego dostawcy prądu: w każdym wierszu godzina i jej cena za 1 kWh, na przykład 07:00;0,25, dla wszystkich 24 godzin jednego dnia.',
    notWindows:
      'Zapisz godziny i ceny jako 22-6: 0,18, a jeśli jest ich kilka, oddziel je średnikiem.',
    wattsLabel: 'Pobór kopania w watach',
    wattsHint:
      'To, co watomierz w gniazdku pokazuje podczas kopania, minus to, co pokazuje w spoczynku. Ten komputer sam niczego nie zgłasza.',
    wattsMeasured:
      'Zostaw puste, aby użyć {{watts}} W, które zgłaszają same procesory; płyta, pamięć i zasilacz często dodają od 10 do 20%. Najlepszy jest watomierz w gniazdku: to, co pokazuje podczas kopania, minus to, co pokazuje w spoczynku.',
    wattsLimit:
      'To, co watomierz w gniazdku pokazuje podczas kopania, minus to, co pokazuje w spoczynku. Same procesory są ustawione tak, by nie przekraczać {{watts}} W.',
    difficultyLabel: 'Trudność sieci',
    difficultyHint:
      'Na przykład 600 G. Pokazują ją eksploratory bloków. Przy własnym węźle lub P2Pool niepotrzebna.',
    rewardLabel: 'Nagroda za blok w XMR',
    rewardHint: '0,6 i opłaty z bloku.',
    folderLabel: 'Dane P2Pool',
    folderHint:
      'Folder podany P2Pool jako --data-api, jeśli działa na tym komputerze. Z --local-api porównywane jest też to, co wysyłasz, z tym, co nalicza P2Pool.',
    notNumber: 'Wpisz liczbę, na przykład 0,30.',
    notAboveZero: 'Wpisz liczbę większą od 0, na przykład 0,30.',
    notCurrency: 'Wpisz trzy litery waluty, na przykład EUR.',
  },
  account: {
    switch: 'Pytaj {{pool}} o twoje saldo',
    hint: 'Wysyła adres twojego portfela do {{host}} co pięć minut, gdy kopiesz lub tu patrzysz. To drugie, szyfrowane połączenie, obok tego do kopania.',
    hintProxy:
      'Wysyła adres twojego portfela do {{host}} co pięć minut, gdy kopiesz lub tu patrzysz. To drugie, szyfrowane połączenie, obok tego do kopania, przez twoje proxy {{proxy}}.',
    title: 'Co mówi {{pool}}',
    asking: 'Pytanie do {{host}}…',
    due: 'Saldo',
    paid: 'Wypłacono dotąd',
    payout: 'Najmniejsza wypłata',
    rate: 'Twój hashrate tam',
    said: 'Stan na {{time}}, dla wszystkich komputerów, które kopią na twój adres.',
    credit: {
      tooShort:
        'Wysłane a zaliczone: za wcześnie, by ocenić. Potrzeba godziny i około 50 przyjętych udziałów.',
      within:
        'Z tego, co wysłano stąd w ciągu {{time}}, pool {{pool}} zaliczył {{percent}}: w granicach przypadku.',
      less: 'Z tego, co wysłano stąd w ciągu {{time}}, pool {{pool}} zaliczył {{percent}}: mniej, niż dopuszcza przypadek. Zapytaj pool dlaczego.',
      lessOwn:
        'Z tego, co wysłano stąd w ciągu {{time}}, {{pool}} naliczył {{percent}}: mniej, niż dopuszcza przypadek. Przyczyna może być w jego dzienniku.',
      more: 'Z tego, co wysłano stąd w ciągu {{time}}, pool {{pool}} zaliczył {{percent}}: więcej, niż wysłała ta aplikacja. Czy na twój adres kopią też inne komputery?',
      how: 'Jak to się porównuje',
      title: 'Wysłane a zaliczone',
      span: 'Między dwiema odpowiedziami poola',
      shares: 'Przyjęte udziały',
      sent: 'Wysłane, w hashach',
      credited: 'Zaliczone, w hashach',
      chance: 'Przypadek dopuszcza',
      range: 'od {{low}} do {{high}}',
      explanation:
        'Każdy udział liczy się za tyle hashy, ile wynosi jego trudność. Udziały trafiają się losowo, a pool sumuje je w swoim czasie, więc obie sumy nigdy nie są zupełnie równe: w 99 przypadkach na 100 sam przypadek utrzymuje zaliczone w tych granicach. Pool liczy też to, co na twój adres kopią inne komputery.',
    },
  },
  history: {
    span: 'Pokazywany okres',
    spans: {
      quarterHour: '15 min',
      day: '24 h',
      month: '30 dni',
      year: '1 rok',
    },
    kind: 'Co jest pokazane',
    kinds: {
      mining: 'Kopanie',
      practice: 'Trening',
    },
    loading: 'Wczytywanie historii…',
    failedTitle: 'Nie udało się odczytać historii',
    emptyTitle: {
      mining: 'Brak historii',
      practice: 'Brak treningu',
    },
    empty: {
      mining:
        'Każda minuta kopania jest zapisywana tutaj, tylko na tym komputerze. Historia zacznie się, gdy naciśniesz „Zacznij kopać”.',
      practice:
        'Trening jest trzymany osobno i nigdy nie jest liczony razem z kopaniem. Potrenuj na poolu treningowym, a pojawi się tutaj.',
    },
    average: 'Średnia',
    mined: 'Czas kopania',
    hashes: 'Hashe',
    hashrate: 'Hashrate',
    chart: {
      quarterHour: 'Hashrate z ostatnich 15 minut',
      day: 'Hashrate z ostatnich 24 godzin',
      month: 'Hashrate z ostatnich 30 dni',
      year: 'Hashrate z ostatniego roku',
    },
    nothing: {
      quarterHour: 'W ostatnich 15 minutach nie było kopania.',
      day: 'W ostatnich 24 godzinach nie było kopania.',
      month: 'W ostatnich 30 dniach nie było kopania.',
      year: 'W ostatnim roku nie było kopania.',
    },
    hint: 'Wskaż punkt na wykresie lub użyj klawiszy strzałek, aby odczytać wartości.',
    point: '{{period}}: {{rate}}, kopanie {{mined}}',
    pointIdle: '{{period}}: bez kopania',
    pointShares_one: '{{count}} udział',
    pointShares_few: '{{count}} udziały',
    pointShares_many: '{{count}} udziałów',
    pointShares_other: '{{count}} udziału',
    pointPaused: 'wstrzymane {{time}} ({{reasons}})',
    pointWaited: 'czekanie na pracę {{time}}',
    legendPaused: 'Wstrzymane',
    legendWaiting: 'Czekanie na pracę',
    legendGap: 'Luka: kopanie wyłączone',
    time: 'Czas',
    shares: 'Udziały',
    paused: 'Wstrzymane',
    expected: 'Oczekiwano',
    found: 'Znaleziono',
    luck: 'Szczęście',
    luckText:
      'Znalezione udziały w porównaniu z tym, ile twoje hashe znajdują średnio. To przypadek i z czasem się wyrównuje: powyżej 100% to szczęście, poniżej pech.',
    effort: 'Effort teraz',
    effortText:
      'Praca od ostatniego udziału w porównaniu z tym, ile średnio potrzebuje jeden udział. Jeden udział na dwadzieścia wymaga ponad 300%.',
    lost: 'Stracone',
    lostText:
      'Odrzucone lub spóźnione: {{shares}} udziałów. Przez {{time}} czasu nie było pracy: podczas łączenia lub oczekiwania na pool.',
    best: 'Najlepszy udział',
    bestText:
      'Najwyższa trudność, jaką osiągnął któryś z twoich udziałów. Pool nic za nią nie dopłaca; przy kopaniu solo pokazuje, jak blisko było do bloku.',
    spent: 'Na co zszedł czas',
    states: {
      mining: 'Kopanie',
      preparing: 'Tworzenie datasetu',
      paused: 'Wstrzymane',
      waiting: 'Czekanie na pracę',
    },
    pausedReasons: 'Kilka powodów może obowiązywać naraz.',
    sessions: 'Sesje',
    sessionsOf: 'Najnowsze: {{shown}} z {{count}}',
    sessionsAll_one: 'Pokaż wszystkie: {{count}}',
    sessionsAll_few: 'Pokaż wszystkie {{count}}',
    sessionsAll_many: 'Pokaż wszystkie {{count}}',
    sessionsAll_other: 'Pokaż wszystkie: {{count}}',
    started: 'Początek',
    more: '{{place}} i jeszcze {{count}}',
    failedShares: 'Odrzucone, spóźnione',
    allTime: 'Od początku',
    since: 'Od {{date}}',
    kept: 'Przechowywane w {{folder}}, tylko na tym komputerze: {{size}}.',
    exportCsv: 'Eksportuj do CSV',
    exportJson: 'Eksportuj do JSON',
    exported: 'Zapisano jako {{file}}.',
    delete: 'Usuń historię',
    deleteTitle: 'Usunąć całą historię?',
    deleteText:
      'Usuwa to każdą minutę, sesję i sumę, kopania i treningu, i nie można tego cofnąć. Twoje monety są bezpieczne: są w twoim portfelu, a nie w tej aplikacji.',
  },
  shares: {
    newest: 'Najnowsze udziały',
    emptyTitle: 'Brak udziałów',
    emptyIdle:
      'Zacznij kopać, a każdy znaleziony udział pojawi się tutaj razem z odpowiedzią poola.',
    emptyExpected: 'Pierwszy udział spodziewany za około {{time}}.',
    emptyMining: 'Pierwszy udział pojawi się tutaj, gdy tylko zostanie znaleziony.',
    time: 'Znaleziony',
    outcome: 'Wynik',
    difficulty: 'Trudność',
    roundTrip: 'Odpowiedź',
    nonce: 'Nonce',
    outcomes: {
      pending: 'W toku',
      accepted: 'Przyjęty',
      rejected: 'Odrzucony',
      stale: 'Spóźniony',
    },
  },
  pools: {
    lead: 'Najpierw używany jest pool główny. Jeśli jest nieosiągalny, zastępują go zapasowe w tej kolejności.',
    list: 'Poole',
    templates: {
      known: 'Znany pool',
      stratum: 'Inny pool',
      p2pool: 'P2Pool',
      'xmrig-proxy': 'xmrig-proxy',
      daemon: 'Własny węzeł',
    },
    node: 'Własny węzeł',
    practising: 'Trwa trening, więc te poole nie są używane. Prawdziwe kopanie ma własne liczniki.',
    endPractice: 'Kop naprawdę',
    practise: 'Zamiast tego trenuj',
    practiseHint: 'Trening działa na tym komputerze, nie potrzebuje internetu i nic nie zarabia.',
    emptyTitle: 'Brak poola',
    empty: 'Dodaj pool lub własny węzeł.',
    add: 'Dodaj pool',
    primary: 'Główny',
    backup: 'Zapasowy {{number}}',
    standing: {
      inUse: 'W użyciu',
      inUseInstead: 'Poole przed nim nie dają pracy.',
      connecting: 'Łączenie…',
      proving: 'Znów daje pracę. Przejmie kopanie, gdy będzie ją dawać przez co najmniej minutę.',
      resting: 'Niepotrzebny: pracę daje pool przed nim.',
      down: '{{why}} Kolejne próby następują automatycznie.',
      failed: '{{why}} Kolejna próba nastąpi dopiero, gdy znów naciśniesz „Zacznij kopać”.',
    },
    up: 'Przenieś wyżej: {{name}}',
    down: 'Przenieś niżej: {{name}}',
    edit: 'Edytuj: {{name}}',
    remove: 'Usuń: {{name}}',
    removeTitle: 'Usunąć {{name}}?',
    removeText: 'Aplikacja zapomni jego adres i ustawienia.',
    removeConfirm: 'Usuń',
    addTitle: 'Dodaj pool',
    editTitle: 'Edytuj pool',
    name: 'Nazwa (opcjonalnie)',
    password: 'Hasło',
    passwordHint: 'Większość pooli przyjmuje „x”.',
    rigId: 'Nazwa koparki (opcjonalnie)',
    login: 'Login zamiast adresu portfela (opcjonalnie)',
    loginHint: 'Dla P2Pool i proxy. Wysyłany dokładnie tak, jak wpisano.',
    fingerprint: 'Zaufany certyfikat (opcjonalnie)',
    fingerprintHint:
      'SHA-256, 64 cyfry szesnastkowe. Potrzebny tylko przy certyfikacie z podpisem własnym.',
    fingerprintWrong: 'Odcisk SHA-256 ma 64 znaki od 0 do 9 i od a do f.',
    rpcUser: 'Nazwa użytkownika RPC (opcjonalnie)',
    rpcUserHint: 'Jeśli monerod działa z --rpc-login',
    rpcPassword: 'Hasło RPC',
    zmqPort: 'Port ZMQ (opcjonalnie)',
    zmqPortHint: 'Port z --zmq-pub w monerod, aby od razu wiedzieć o nowych blokach',
    proxy: 'Proxy SOCKS5 (opcjonalnie)',
    proxyHint: 'Tor na tym komputerze: 127.0.0.1:9050, Tor Browser: 127.0.0.1:9150',
    proxyWrong: 'Zapisz proxy jako host:port, na przykład 127.0.0.1:9050.',
    tor: 'Tor',
    torBrowser: 'Tor Browser',
    through: 'Przez {{proxy}}',
    onionAlone:
      'Adres onion jest osiągalny tylko przez Tor. Podaj jego proxy w sekcji „Więcej opcji”.',
    zmqPortWrong: 'Port to liczba od 1 do 65535.',
    more: 'Więcej opcji',
    full: 'Limit to szesnaście pooli. Usuń jeden, aby dodać inny.',
  },
  settings: {
    sectionsLabel: 'Sekcje ustawień',
    sections: {
      wallet: 'Portfel',
      power: 'Moc',
      rules: 'Reguły',
      tuning: 'Pamięć i dostrajanie',
      appearance: 'Wygląd',
      notifications: 'Powiadomienia',
      opening: 'Otwieranie i zamykanie',
      connections: 'Połączenia',
      reset: 'Reset',
    },
    search: 'Szukaj ustawień',
    searchClear: 'Wyczyść wyszukiwanie',
    searchNone: 'Żadne ustawienie nie pasuje do „{{text}}”.',
    searchNoneHint: 'Spróbuj innego słowa lub przejrzyj sekcje.',
    wallet: 'Portfel',
    walletHint: 'Na ten adres płacą poole i na niego kopie twój własny węzeł.',
    walletNone: 'Nie ma jeszcze adresu, więc możesz tylko trenować lub kopać z własnym loginem.',
    walletChange: 'Zmień adres',
    walletAdd: 'Dodaj adres',
    walletNew: 'Nowy adres portfela',
    walletConfirmTitle: 'Kopać na inny adres?',
    walletOld: 'Teraz',
    walletNext: 'Nowy',
    walletConfirm: 'Użyj nowego adresu',
    power: 'Moc',
    mode: 'Pamięć',
    modeAuto: 'Automatycznie',
    modeAutoHint: 'Szybki, jeśli wolne jest około 3 GiB',
    modeFast: 'Szybki',
    modeFastHint: 'Potrzebuje co najmniej 2,3 GiB',
    modeLight: 'Lekki',
    modeLightHint: '256 MiB, kilka razy wolniejszy',
    schedule: 'Harmonogram',
    scheduleOn: 'Kop tylko w określonych godzinach',
    scheduleOnHint:
      'Według zegara tego komputera. Poza tymi godzinami kopanie czeka, a potem samo rusza ponownie.',
    schedulePresets: 'Gotowe harmonogramy',
    schedulePreset: {
      nights: 'Noce',
      weekends: 'Weekendy',
      nightsAndWeekends: 'Noce i weekendy',
      always: 'Zawsze',
    },
    scheduleGrid: 'Godziny tygodnia',
    scheduleHow:
      'Kliknij godzinę lub przeciągnij przez kilka. Na klawiaturze: strzałki przesuwają, spacja przełącza godzinę, a Shift ze strzałkami zamalowuje.',
    scheduleHours_one: 'Kopie {{count}} godzinę w tygodniu.',
    scheduleHours_few: 'Kopie {{count}} godziny w tygodniu.',
    scheduleHours_many: 'Kopie {{count}} godzin w tygodniu.',
    scheduleHours_other: 'Kopie {{count}} godziny w tygodniu.',
    scheduleNever: 'Nie wybrano żadnej godziny, więc nic nie będzie kopane.',
    scheduleCell: '{{day}}, od {{from}} do {{to}}',
    cheapest: 'Kop tylko w najtańszych godzinach',
    cheapestHint:
      'Spośród godzin każdego dnia te, w których prąd kosztuje najmniej, według cen wpisanych w „Zarobek i koszt”.',
    cheapestNoTariff:
      'Najpierw wpisz w „Zarobek i koszt”, ile i w jakich godzinach kosztuje cię prąd.',
    cheapestHours: 'Godzin dziennie',
    fullScreen: 'Wstrzymuj, gdy program jest na pełnym ekranie',
    fullScreenHint: 'Gry, filmy i prezentacje. Kopanie wraca po wyjściu z pełnego ekranu.',
    fullScreenUnavailable:
      'Niedostępne: ten system tego nie zgłasza. Programy możesz wpisać na listę poniżej.',
    metered: 'Wstrzymuj przy połączeniu taryfowym',
    meteredHint:
      'Takim, za które płaci się według ilości danych, na przykład przez hotspot w telefonie.',
    heat: 'Nie przegrzewaj CPU',
    heatHint:
      'Powyżej tej temperatury aplikacja kopie na mniejszej liczbie wątków, a 10\u00a0°C powyżej niej wstrzymuje kopanie.',
    heatBelow: 'Nie więcej niż',
    watts: 'Ogranicz moc CPU',
    wattsHint:
      'Gdy procesory pobierają więcej, wliczając inne programy, aplikacja kopie na mniejszej liczbie wątków.',
    wattsBelow: 'Nie więcej niż',
    celsius: '{{degrees}}\u00a0°C',
    programs: 'Wstrzymuj, gdy działają te programy',
    programsHint: 'Gry, rozmowy wideo, wszystko, co powinno mieć cały komputer dla siebie.',
    programsNone: 'Na liście nie ma żadnego programu.',
    programsName: 'Nazwa programu',
    programsAdd: 'Dodaj',
    programsAdded: 'Programy wstrzymujące kopanie',
    programsRemove: 'Usuń: {{name}}',
    rules: 'Reguły',
    opening: 'Otwieranie aplikacji',
    startAtLaunch: 'Zacznij kopać po otwarciu aplikacji',
    startAtLaunchHint: 'Domyślnie wyłączone. Nigdy po awarii i nigdy po naciśnięciu „Zatrzymaj”.',
    openAtLogin: 'Otwórz aplikację po zalogowaniu',
    openAtLoginHint: 'Otwiera okno lub ikonę w zasobniku. Nie zaczyna kopania.',
    appearance: 'Wygląd',
    theme: 'Motyw',
    language: 'Język',
    system: 'Systemowy',
    light: 'Jasny',
    dark: 'Ciemny',
    notifications: 'Powiadomienia',
    rulePauses: 'Pauza lub wznowienie przez regułę',
    poolDown: 'Pool nieosiągalny od dwóch minut lub znów dostępny',
    noShares: 'Brak udziału znacznie dłużej, niż oczekiwano',
    rejects: 'Odrzucono ponad 5% udziałów',
    failures: 'Kopanie zakończyło się z powodu problemu',
    window: 'Zamykanie okna',
    closeAsk: 'Pytaj za każdym razem',
    closeBackground: 'Działaj dalej w tle',
    closeQuit: 'Zatrzymaj kopanie i zakończ',
    noTray: 'To środowisko nie ma zasobnika systemowego, więc okno nigdy nie jest ukrywane.',
    api: 'API monitorowania',
    apiOn: 'Udostępnij na tym komputerze API HTTP tylko do odczytu',
    apiHint:
      'Pulpity monitorowania na tym komputerze mogą odczytywać twój hashrate i udziały. Nie mogą niczego zmienić i żaden inny komputer nie może się połączyć.',
    apiPort: 'Port',
    apiPortWrong: 'Wybierz liczbę od 1024 do 65535.',
    apiAddress: 'Adres:',
    apiToken: 'Token, wysyłany jako „Authorization: Bearer …”:',
    apiCopy: 'Kopiuj token',
    updates: 'Nowe wersje',
    updatesLook: 'Szukaj nowych wersji',
    updatesHint:
      'Raz dziennie prosi {{host}} o podpisaną listę i nie wysyła nic o tobie ani o tym komputerze. Nic nie jest pobierane ani instalowane bez twojej zgody.',
    updatesNow: 'Sprawdź teraz',
    updatesNewest: 'To najnowsza wersja. Ostatnie sprawdzenie: {{date}}.',
    updatesApt: 'Dostępna jest wersja {{version}}, z autentycznym podpisem. Aby ją zainstalować:',
    updatesCommand: 'sudo apt update && sudo apt install --only-upgrade ibctminer',
    updatesPage: 'Dostępna jest wersja {{version}}, z autentycznym podpisem.',
    updatesOpen: 'Otwórz stronę pobierania',
    updatesDownload: 'Pobierz ({{size}})',
    updatesAgain: 'Ponów',
    updatesRunning: 'Pobieranie wersji {{version}}: {{done}} z {{size}}.',
    updatesStop: 'Przerwij',
    updatesReplace:
      'Wersja {{version}} jest pobrana, kompletna i autentyczna. Zajmie miejsce obecnej: kopanie się zatrzyma, a aplikacja uruchomi się ponownie.',
    updatesReplaceNow: 'Zainstaluj i uruchom ponownie',
    updatesInstaller:
      'Wersja {{version}} jest pobrana, kompletna i autentyczna. System otworzy jej instalator: kopanie się zatrzyma, a aplikacja zakończy działanie.',
    updatesInstallerNow: 'Zakończ i otwórz instalator',
    updatesStale_one:
      'Listę podpisano {{count}} dzień temu. Do tej pory powinna była pojawić się nowa: może ktoś ukrywa przed tobą nowszą wersję. Zajrzyj na stronę pobierania.',
    updatesStale_few:
      'Listę podpisano {{count}} dni temu. Do tej pory powinna była pojawić się nowa: może ktoś ukrywa przed tobą nowszą wersję. Zajrzyj na stronę pobierania.',
    updatesStale_many:
      'Listę podpisano {{count}} dni temu. Do tej pory powinna była pojawić się nowa: może ktoś ukrywa przed tobą nowszą wersję. Zajrzyj na stronę pobierania.',
    updatesStale_other:
      'Listę podpisano {{count}} dnia temu. Do tej pory powinna była pojawić się nowa: może ktoś ukrywa przed tobą nowszą wersję. Zajrzyj na stronę pobierania.',
    reset: 'Reset',
    resetHint: 'Kasuje adres portfela, poole i wszystkie ustawienia. Kopanie się zatrzyma.',
    resetButton: 'Zresetuj wszystko',
    resetTitle: 'Zresetować wszystko?',
    resetText:
      'Kasuje to adres portfela, poole i wszystkie ustawienia oraz zatrzymuje kopanie. Twoje monety są bezpieczne: są w twoim portfelu, a nie w tej aplikacji.',
  },
  logs: {
    lead: 'Adresy portfeli są usuwane z każdego wiersza.',
    kept: 'Przechowywany w {{folder}}, najwyżej 6 MB; najpierw znikają najstarsze wiersze.',
    openFolder: 'Otwórz folder',
    export: 'Eksportuj całość',
    filter: 'Poziom',
    all: 'Wszystko',
    warn: 'Ostrzeżenia i błędy',
    error: 'Błędy',
    search: 'Szukaj w dzienniku',
    copy: 'Kopiuj dziennik',
    emptyTitle: 'Dziennik jest pusty',
    empty: 'To, co robi aplikacja, pojawia się tutaj na bieżąco.',
    noMatch: 'Brak pasujących wierszy.',
    levels: {
      info: 'Info',
      warn: 'Uwaga',
      error: 'Błąd',
    },
    entries: 'Wiersze dziennika',
    messages: 'Wiadomości',
    messagesLead:
      'Ostatnie wiadomości między tą aplikacją a poolem, bez adresów, haseł i identyfikatorów sesji.',
    searchMessages: 'Szukaj w wiadomościach',
    copyMessages: 'Kopiuj wiadomości',
    noMessages: 'Nie ma jeszcze wiadomości. Pojawią się, gdy aplikacja połączy się z poolem.',
    sent: 'Wysłano',
    received: 'Odebrano',
  },
  health: {
    lead: 'Co ten komputer oferuje do kopania i jak naprawić to, czego brakuje.',
    run: 'Sprawdź ponownie',
    running: 'Sprawdzanie…',
    copy: 'Kopiuj raport',
    copyHint: 'Raport nie zawiera twojego adresu.',
    failedTitle: 'Nie udało się sprawdzić',
    statuses: {
      ok: 'OK',
      warn: 'Wymaga uwagi',
      unknown: 'Nieznane',
    },
    allGood: 'Wszystko w porządku.',
    toLookAt_one: '{{count}} rzecz wymaga uwagi.',
    toLookAt_few: '{{count}} rzeczy wymagają uwagi.',
    toLookAt_many: '{{count}} rzeczy wymaga uwagi.',
    toLookAt_other: '{{count}} rzeczy wymaga uwagi.',
    fix: 'Co zrobić',
    /** What a command is for. */
    commands: {
      now: 'Teraz, do następnego restartu',
      atBoot: 'Przy każdym starcie komputera',
      lasting: 'Teraz i na stałe',
      undo: 'Aby to cofnąć',
    },
    runHint:
      '„Uruchom polecenie” prosi system o uruchomienie dokładnie tego polecenia. System pyta o hasło administratora, którego ta aplikacja nigdy nie widzi.',
    runPrompt: 'Odpowiedz na monit systemu.',
    runEnds: {
      ran: 'Polecenie wykonano i wszystko sprawdzono ponownie.',
      dismissed: 'Monit systemu został zamknięty. Polecenia nie uruchomiono.',
      notAllowed: 'System na to nie pozwolił. Polecenia nie uruchomiono.',
    },
    results: 'Wyniki',
    selfTest: 'Silnik',
    selfTestRun: 'Sprawdź silnik',
    selfTesting: 'Sprawdzanie…',
    selfTestHint:
      'Oblicza hashe, których wyniki opublikowano razem z RandomX, z generowanym kodem i bez niego. Silnik sam robi to samo przed swoim pierwszym udziałem.',
    selfTestRight: 'Wszystkie hashe są poprawne: {{hashes}} ({{seconds}} s).',
    selfTestWrong:
      'Błędne hashe: {{ways}}. Cofnij podkręcanie i sprawdź temperaturę. Jeśli to nie pomoże, zgłoś to razem z modelem swojego CPU.',
    pagesGain: 'Co dają tu huge pages',
    pagesGainRun: 'Zmierz zysk',
    pagesGainMeasuring: 'Pomiar…',
    pagesGainHint:
      'Hashuje na przemian z huge pages i bez nich, na tych samych wątkach, przez około pół minuty. Nic nie jest wysyłane i niczego się nie zarabia. Zajmuje w tym czasie 5 GiB pamięci.',
    pagesGainFaster:
      'Na tym komputerze kopanie z huge pages jest szybsze o {{gain, percent}}: {{huge}} z nimi, {{small}} bez nich.',
    pagesGainAlike:
      'Na tym komputerze huge pages niczego nie zmieniają: {{huge}} z nimi, {{small}} bez nich.',
    pagesGainOf_one: '{{pages, pages}}; zmierzono na {{count}} wątku.',
    pagesGainOf_few: '{{pages, pages}}; zmierzono na {{count}} wątkach.',
    pagesGainOf_many: '{{pages, pages}}; zmierzono na {{count}} wątkach.',
    pagesGainOf_other: '{{pages, pages}}; zmierzono na {{count}} wątku.',
    pagesGainNone:
      'System nie daje teraz huge pages, więc nie ma czego porównać. Co je włącza, opisano w pozycji „Huge pages”.',
    fork: 'Następny fork Monero',
    forkRun: 'Wypróbuj fork',
    forkRunning: 'Próba…',
    forkHint:
      'Następny fork Monero wprowadza RandomX v2 (rx/2). Próba kopie na poolu treningowym wewnątrz tej aplikacji, na którym fork następuje w trakcie kopania. Trwa około minuty i w trybie szybkim zajmuje 3 GiB pamięci. Nic nie opuszcza tego komputera i niczego się nie zarabia.',
    forkReady: 'Ta aplikacja i ten komputer są gotowe na następny fork Monero.',
    forkNotReady:
      'Ta aplikacja lub ten komputer nie są gotowe na następny fork Monero. Poszukaj aktualizacji, a potem powtórz próbę.',
    forkUnproven:
      'Wszystko poszło dobrze, ale ten komputer nie znalazł żadnego udziału w ciągu minuty po forku. Powtórz próbę, w miarę możliwości na większej liczbie wątków.',
    forkShares:
      'Przyjęte udziały: {{before}} przed forkiem, {{after}} po nim. Odrzucone: {{refused}}.',
    forkKept: 'Niczego nie trzeba było tworzyć od nowa, a kopanie stało najwyżej {{seconds}} s.',
    forkRebuilt: 'Dataset lub cache trzeba było utworzyć od nowa, a kopanie stało {{seconds}} s.',
    forkRates: 'Hashrate: {{before}} przed forkiem (rx/0), {{after}} po nim (rx/2).',
    forkAt: 'Wypróbowano {{date}}, tryb: {{mode}}.',
    /** What is looked at. */
    checks: {
      memory: 'Pamięć',
      hugePages: 'Huge pages',
      transparentPages: 'Transparent huge pages',
      aes: 'Instrukcje AES',
      jit: 'Generowany kod',
      dns: 'Nazwa poola',
      tls: 'Szyfrowanie',
      clock: 'Zegar',
      virtualMachine: 'Maszyna wirtualna',
      numa: 'Układ pamięci (NUMA)',
      temperature: 'Temperatura',
      energy: 'Pobór mocy',
      antivirus: 'Antywirus',
      battery: 'Wykrywanie baterii',
      idle: 'Wykrywanie bezczynności',
      tray: 'Ikona zasobnika',
    },
    /** What was found, and what to do about it. */
    remarks: {
      memoryLightChosen: 'W ustawieniach wybrano tryb lekki. Potrzebuje 256 MiB.',
      memoryFast: 'Tryb szybki ma potrzebne mu 2,3 GiB.',
      memoryUnknown: 'Ten komputer nie zgłasza, ile pamięci jest wolne.',
      memoryFree: 'Wolne: {{bytes, gibibytes}}. Tryb szybki potrzebuje około 3 GiB.',
      memoryShort:
        'Wolne: {{bytes, gibibytes}}. Tryb szybki potrzebuje około 3 GiB, więc ten komputer kopałby w trybie lekkim, który jest kilka razy wolniejszy.',
      memoryShortNow:
        'Wolne: {{bytes, gibibytes}}. Tryb szybki potrzebuje około 3 GiB, więc ten komputer kopie w trybie lekkim, który jest kilka razy wolniejszy.',
      memoryFix: 'Zamknij inne programy, a potem zatrzymaj kopanie i zacznij je ponownie.',
      pagesGood: 'Huge pages są w użyciu.',
      pagesFree_one: 'Wolne huge pages po 2 MiB: {{count, integer}}.',
      pagesFree_few: 'Wolne huge pages po 2 MiB: {{count, integer}}.',
      pagesFree_many: 'Wolne huge pages po 2 MiB: {{count, integer}}.',
      pagesFree_other: 'Wolne huge pages po 2 MiB: {{count, integer}}.',
      pagesShort_one:
        'Huge pages po 2 MiB dla jednego wątku: potrzeba {{needed, integer}}, wolnych {{free, integer}}.',
      pagesShort_few:
        'Huge pages po 2 MiB dla {{count}} wątków: potrzeba {{needed, integer}}, wolnych {{free, integer}}.',
      pagesShort_many:
        'Huge pages po 2 MiB dla {{count}} wątków: potrzeba {{needed, integer}}, wolnych {{free, integer}}.',
      pagesShort_other:
        'Huge pages po 2 MiB dla {{count}} wątku: potrzeba {{needed, integer}}, wolnych {{free, integer}}.',
      pagesTransparent:
        'Zamiast nich używane są transparent huge pages, które niemal im dorównują.',
      pagesUnknown: 'Ten komputer nie zgłasza swoich huge pages.',
      pagesInUse:
        'Dataset: {{dataset, pages}}. Cache: {{cache, pages}}. Scratchpady: {{scratchpads, pages}}.',
      pagesFix:
        'Zarezerwuj je, a potem zatrzymaj kopanie i zacznij je ponownie. Każdy dostęp do pamięci wymaga wtedy mniej kroków i jest to zwykle największy możliwy zysk. Inne programy nie mogą w tym czasie używać tej pamięci ({{bytes, gibibytes}}).',
      pagesFixBeside:
        'Zarezerwuj je, a potem zatrzymaj kopanie i zacznij je ponownie. Są pewniejsze niż transparent huge pages i często trochę szybsze. Inne programy nie mogą w tym czasie używać tej pamięci ({{bytes, gibibytes}}).',
      thpOn: 'System daje huge pages programom, które o nie proszą, a ten o nie prosi.',
      thpNotNeeded: 'Są wyłączone i niepotrzebne: zarezerwowano dość huge pages.',
      thpOff: 'System sam z siebie nie daje huge pages.',
      thpFix:
        'Pozwól programom, które proszą o huge pages, je dostawać, a potem zatrzymaj kopanie i zacznij je ponownie. Daje to większość tego, co dają huge pages, bez rezerwowania pamięci.',
      thpUnknown: 'Ten komputer ich nie zgłasza.',
      aesFound: 'Procesor ma instrukcje AES.',
      aesMissing: 'Procesor nie ma instrukcji AES. Bez nich kopanie jest znacznie wolniejsze.',
      aesFix:
        'Jeśli to maszyna wirtualna, ustaw jej typ procesora na „host”. W innym razie ten procesor jest za stary, by dobrze kopać.',
      aesUnknown: 'Nie udało się wczytać silnika kopiącego, więc procesora nie sprawdzono.',
      jitUsed: 'Programy RandomX działają jako generowany kod maszynowy ({{path}}).',
      jitMissing:
        'Programy RandomX są interpretowane, co jest wiele razy wolniejsze. Albo system zabrania generowanego kodu, albo ten procesor nie jest obsługiwany.',
      jitFix: 'Pozwól tej aplikacji uruchamiać generowany kod w swoim programie zabezpieczającym.',
      jitUnknown: 'Będzie wiadomo po rozpoczęciu kopania.',
      poolNone: 'Nie wybrano jeszcze poola.',
      poolPractice: 'Pool treningowy jest wewnątrz tej aplikacji.',
      nameFound: 'Znaleziono nazwę {{host}}.',
      nameNotFound: 'Nie udało się odnaleźć nazwy {{host}}.',
      nameFix: 'Sprawdź pisownię adresu poola i połączenie z internetem.',
      nameByProxy: 'Nazwę {{host}} sprawdza proxy.',
      nameNotAsked: 'Nazwy {{host}} nie sprawdzano: aplikacja robi to tylko podczas kopania.',
      tlsUsed: 'Połączenie jest szyfrowane.',
      tlsNotNeeded: 'Połączenie nie opuszcza tego komputera.',
      tlsByTor: 'Połączenie z adresem onion szyfruje Tor.',
      tlsMissing:
        'Połączenie nie jest szyfrowane. Każdy na drodze między tobą a poolem może odczytać twój adres i przekierować twoje udziały.',
      tlsFix: 'Użyj portu TLS poola, jeśli pool taki ma.',
      tlsMissingToNode:
        'Połączenie z węzłem nie jest szyfrowane. Każdy na drodze między tobą a węzłem może przekierować twoje nagrody.',
      tlsFixOfNode: 'Łącz się z węzłem przez TLS lub uruchom go na tym komputerze.',
      clockKept: 'Serwer czasu dba o poprawność zegara.',
      clockBehind: 'Zegar spóźnia się o miesiące lub lata.',
      clockAlone: 'Żaden serwer czasu nie dba o poprawność zegara.',
      clockFix:
        'Włącz automatyczny czas w ustawieniach systemu. Certyfikaty i historia wymagają poprawnego czasu.',
      clockUnknown:
        'Zegar wygląda wiarygodnie. Ten system nie zgłasza, czy serwer czasu dba o jego poprawność.',
      virtualNo: 'Ten komputer nie jest maszyną wirtualną.',
      virtualYes:
        'To maszyna wirtualna. Kopanie w niej wymaga typu procesora „host”, a najwięcej dają huge pages na hoście.',
      virtualUnknown: 'Ten komputer nie zgłasza, czy jest maszyną wirtualną.',
      numaOne: 'Cała pamięć jest równie blisko procesora.',
      numaMany:
        'Liczba węzłów pamięci w tym komputerze: {{nodes, integer}}. Każdy, na którym jest dość miejsca, dostaje własną kopię datasetu.',
      numaUnknown: 'Nie udało się wczytać silnika kopiącego, więc układ pamięci nie jest znany.',
      temperatureKnown:
        'Temperaturę procesora da się odczytać, więc kopanie może zwolnić, gdy robi się gorąco.',
      temperatureUnknown:
        'Temperatury procesora nie da się tu odczytać, więc kopanie nie może zwolnić, gdy robi się gorąco.',
      energyKnown: 'Procesor zgłasza, ile mocy pobiera.',
      energyUnknown:
        'Poboru mocy procesora nie da się tu odczytać. Wpisz go w „Zarobek i koszt”, aby zobaczyć, ile kosztuje kopanie.',
      energyClosed:
        'Procesor liczy zużytą energię, ale ten system pozwala ją odczytać tylko administratorom.',
      energyFix:
        'Pozwól odczytywać ją wszystkim programom: aplikacja zmierzy wtedy, ile kosztuje kopanie, i będzie mogła ograniczać moc CPU. Systemy blokują ten odczyt, bo program mógłby z niego odgadnąć, co obliczają inne.',
      antivirusRare: 'Antywirusy rzadko przeszkadzają w tym systemie.',
      antivirusLikely:
        'Antywirusy często biorą programy kopiące za zagrożenie, nawet te zainstalowane przez ciebie. Jeśli twój blokuje tę aplikację, sprawdź jej pliki w „O programie”, a potem zezwól na ten folder: {{folder}}.',
      batteryKnown: 'System zgłasza, czy działa na baterii, więc „Wstrzymuj na baterii” zadziała.',
      batteryUnknown: 'Nie znaleziono baterii, więc „Wstrzymuj na baterii” nic nie zmienia.',
      idleKnown: 'System zgłasza, czy komputer jest używany.',
      idleUnknown: 'To środowisko nie zgłasza, czy komputer jest używany.',
      trayShown: 'Środowisko pokazuje ikony w zasobniku.',
      trayMissing:
        'Środowisko nie pokazuje ikon w zasobniku, więc okno pozostaje otwarte podczas kopania.',
      trayFix:
        'W GNOME zainstaluj rozszerzenie „AppIndicator and KStatusNotifierItem Support”, a potem zaloguj się ponownie. Wtedy podczas kopania można będzie ukryć okno. W Debianie i Ubuntu:',
    },
    report: {
      title: 'Ibctminer {{version}}, {{platform}}',
      cpu: 'CPU: {{name}}',
      state: 'Stan: {{why}}',
    },
  },
  about: {
    lead: 'Kopanie Monero na twoim procesorze. Nic nie działa, dopóki nie naciśniesz „Zacznij kopać”.',
    version: 'Wersja {{version}}',
    fee: 'Prowizja 0%',
    versions: 'Wersje',
    application: 'Ibctminer',
    electron: 'Electron',
    chrome: 'Chromium',
    node: 'Node.js',
    platform: 'System',
    library: 'Biblioteka natywna (SHA-256)',
    libraryNone: 'Niewczytana',
    settingsFolder: 'Folder ustawień',
    oldElectron:
      'Ta kompilacja działa na Electronie {{version}}, który nie dostaje już poprawek bezpieczeństwa: gdy powstawała, nie udało się pobrać oficjalnej wersji. Jest przeznaczona do rozwijania aplikacji i testów. Nie przekazuj jej dalej.',
    trust: 'Nasze zobowiązania',
    rules: {
      start:
        'Nic nie jest hashowane, dopóki nie wyrazisz zgody i nie naciśniesz „Zacznij kopać”. Do tego czasu aplikacja łączy się z poolem tylko, gdy go sprawdzasz lub mierzysz.',
      visible:
        'Podczas kopania widoczne jest okno lub ikona w zasobniku pod własną nazwą aplikacji.',
      fee: 'Kopiesz na własny adres. Prowizja wynosi 0%.',
      practice: 'Trening i pomiary nikomu nie wysyłają pracy.',
      rights:
        'Nigdy nie nadaje sobie uprawnień administratora. Pokazuje polecenia, które ich wymagają, a uruchamia je tylko wtedy, gdy naciśniesz „Uruchom polecenie” i pozwoli na to monit systemu.',
      system: 'Nie wczytuje sterowników i nie zmienia ustawień antywirusa ani zasilania.',
      updates: 'Nie pobiera programów za twoimi plecami.',
      quit: 'Zakończenie nie zostawia żadnego procesu.',
      privacy: 'Dzienniki i raporty pomijają twój adres. Bez telemetrii.',
    },
    files: 'Czy te pliki są autentyczne?',
    filesHint:
      'Porównuje każdy plik tej aplikacji z listą podpisaną przy wydaniu. Nic nie jest wysyłane.',
    filesCompare: 'Porównaj pliki',
    filesComparing: 'Porównywanie…',
    filesUnsigned:
      'Ta kompilacja nie ma podpisanej listy, jak wszystkie kompilacje deweloperskie. Nie da się stwierdzić, z czego ją zrobiono.',
    filesSame_one: '{{count}} plik jest taki jak w wydaniu ({{signedAs}}).',
    filesSame_few: 'Wszystkie {{count}} pliki są takie jak w wydaniu ({{signedAs}}).',
    filesSame_many: 'Wszystkie pliki ({{count}}) są takie jak w wydaniu ({{signedAs}}).',
    filesSame_other: 'Wszystkie pliki ({{count}}) są takie jak w wydaniu ({{signedAs}}).',
    filesDiffer:
      'Te pliki nie są takie jak w wydaniu. Zainstaluj aplikację ponownie ze źródła, któremu ufasz.',
    filesChanged: 'Zmienione: {{files}}',
    filesMissing: 'Brakujące: {{files}}',
    filesAdded: 'Nie od nas: {{files}}',
    filesOutside:
      'Zmieniony program może kłamać na swój temat. Sprawdzenie z zewnątrz, kluczem ze strony internetowej:',
    licences: 'Licencje',
    licence: 'Ibctminer to wolne oprogramowanie na licencji MIT.',
    builtWith: 'Zbudowane z',
    links: 'Więcej informacji',
    howMiningWorks: 'Jak działa kopanie',
    hugePages: 'Czym są huge pages',
    source: 'Kod źródłowy',
    getWallet: 'Zdobądź portfel',
  },
  connections: {
    title: 'Połączenia',
    hint: 'Wszystko, z czym aplikacja się łączy lub na czym nasłuchuje. O nazwy z tej listy pyta serwer DNS twojego systemu. Z niczym więcej się nie łączy.',
    purpose: 'Po co',
    place: 'Gdzie',
    last: 'Ostatnio',
    bytes: 'Wysłano / odebrano',
    bytesHint: 'Bajty są liczone od uruchomienia, razem z szyfrowaniem.',
    state: 'Teraz',
    never: 'Nie od uruchomienia',
    on: 'Wł.',
    off: 'Wył.',
    anyPort: '{{host}}, dowolny wolny port',
    purposes: {
      pool: 'Pool: praca i udziały, z adresem twojego portfela. Podczas kopania i gdy go sprawdzasz.',
      node: 'Węzeł: bloki do kopania, z adresem twojego portfela. Podczas kopania i gdy go sprawdzasz.',
      nodeNews: 'Węzeł: wiadomości o blokach, podczas kopania.',
      latency:
        'Znany pool: połączenie i zaraz rozłączenie, aby zmierzyć opóźnienie. Nic nie jest wysyłane. Gdy o to poprosisz.',
      account:
        'Webowe API poola: twoje saldo tam, zapytanie z adresem twojego portfela. Co pięć minut, gdy kopiesz lub na nie patrzysz, jeśli to włączono.',
      practice: 'Pool treningowy, wewnątrz aplikacji. Podczas treningu.',
      updates:
        'Nowe wersje: dwa małe pliki, nic o tobie. Raz dziennie, jeśli włączono to w ustawieniach. Sam program, gdy naciśniesz „Pobierz”.',
      api: 'API monitorowania: programy na tym komputerze pytają, aplikacja odpowiada. Jeśli włączono to w ustawieniach.',
    },
  },
  uninstall: {
    title: 'Odinstalowanie',
    hint: 'Pokazuje wszystko, co aplikacja utworzyła na tym komputerze, i usuwa to, czego nie zachowasz.',
    open: 'Odinstaluj…',
    askTitle: 'Odinstalować Ibctminer?',
    askText:
      'To wszystko, co aplikacja utworzyła na tym komputerze. Kopanie się zatrzyma, a to, czego nie zachowasz, zostanie trwale usunięte. Twoje monety są bezpieczne: są w twoim portfelu, a nie w tej aplikacji.',
    nothing: 'Aplikacja niczego nie zapisała na tym komputerze.',
    made: {
      settings: 'Ustawienia, adres portfela i poole',
      history: 'Historia kopania',
      logs: 'Dziennik',
      tuning: 'Pomiary wydajności',
      marker: 'Znacznik, że kopanie trwa',
      window: 'Rozmiar i położenie okna',
      loginItem: 'Otwieranie po zalogowaniu',
      browser: 'Pamięć podręczna okna',
      lock: 'Znacznik, że aplikacja działa',
      update: 'Pobrana nowsza wersja',
      folder: 'Folder aplikacji',
    },
    keep: {
      settings: 'Zachowaj ustawienia, adres portfela i poole',
      history: 'Zachowaj historię',
      tuning: 'Zachowaj pomiary wydajności (używa ich też wersja terminalowa)',
    },
    foreign: 'Nieutworzone przez aplikację, więc nietknięte: {{names}}',
    confirm: 'Zatrzymaj i usuń',
    removing: 'Usuwanie…',
    doneTitle: 'Ibctminer po sobie posprzątał',
    partlyTitle: 'Nie wszystko udało się usunąć',
    doneText: 'Teraz zakończ; wszystko inne zapisałoby część tych danych ponownie.',
    fates: {
      removed: 'Usunięto',
      kept: 'Zachowano',
      atQuit: 'Zniknie po zakończeniu',
      afterQuit: 'Usuń po zakończeniu',
      failed: 'Nie udało się usunąć: {{problem}}',
    },
    programTitle: 'Sam program',
    program: {
      deb: 'Zainstalował go menedżer pakietów twojego systemu. Usuń go poleceniem:',
      appImage: 'To pojedynczy plik. Usuń go poleceniem:',
      folder: 'To rozpakowany przez ciebie folder. Usuń go poleceniem:',
      nsis: 'Usuń go w systemie Windows w sekcji „Zainstalowane aplikacje” lub poleceniem:',
      mac: 'Przenieś go do Kosza lub usuń poleceniem:',
      source: 'Działa z katalogu źródeł. Usuń ten katalog poleceniem:',
    },
    hugePagesTitle: 'Huge pages',
    hugePages_one:
      'Zarezerwowana jest {{count}} huge page. Aplikacja nigdy nie robi tego bez pytania. Jeśli miała służyć do kopania, cofnij to poleceniem:',
    hugePages_few:
      'Zarezerwowane są {{count}} huge pages. Aplikacja nigdy nie robi tego bez pytania. Jeśli miały służyć do kopania, cofnij to poleceniem:',
    hugePages_many:
      'Zarezerwowanych jest {{count}} huge pages. Aplikacja nigdy nie robi tego bez pytania. Jeśli miały służyć do kopania, cofnij to poleceniem:',
    hugePages_other:
      'Zarezerwowano {{count}} huge pages. Aplikacja nigdy nie robi tego bez pytania. Jeśli miały służyć do kopania, cofnij to poleceniem:',
    quit: 'Zakończ',
  },
  close: {
    title: 'Zamknąć Ibctminer?',
    mining: 'Kopanie może trwać dalej w tle, z ikoną w zasobniku.',
    idle: 'Aplikacja może zostać w zasobniku. W tej chwili nie kopie.',
    noTray:
      'To środowisko nie ma zasobnika systemowego, więc aplikacja nie może działać dalej w tle.',
    background: 'Działaj dalej w tle',
    quit: 'Zakończ',
    quitMining: 'Zatrzymaj i zakończ',
    remember: 'Zapamiętaj mój wybór',
  },
  /** What can go wrong, by code: this section is the closed list of codes (contract/problem.ts). */
  problem: {
    /* From inside: everywhere. */
    internal: 'Coś poszło nie tak wewnątrz aplikacji: {{reason}}',
    /* Stratum and pool addresses. */
    poolUrlEmpty: 'Wpisz adres poola, na przykład pool.example.com:3333.',
    poolUrlWebPage:
      '{{scheme}}:// to strona internetowa. Poszukaj na niej adresu portu poola do kopania, na przykład pool.example.com:3333. Dla własnego monerod wpisz daemon+http://host:port.',
    poolUrlScheme:
      '{{scheme}}:// nie jest obsługiwane. Wpisz host:port, stratum+tcp://host:port lub stratum+ssl://host:port.',
    poolUrlHost: '„{{host}}” nie jest prawidłową nazwą ani adresem hosta. Sprawdź pisownię.',
    poolUrlHostMissing: 'Brakuje hosta. Wpisz host:port, na przykład pool.example.com:3333.',
    poolUrlBrackets: 'Ujmij adres IPv6 w nawiasy kwadratowe: [{{address}}]:3333.',
    poolUrlPort: '„{{port}}” nie jest prawidłowym portem. Porty to liczby od 1 do 65535.',
    poolUrlPortMissing: 'Brakuje portu. Wpisz host:port, na przykład pool.example.com:3333.',
    poolUrlLogin:
      'Wpisz adres bez loginu: {{place}}. Login ma własne pole (w terminalu --login i --pass).',
    connectionTimedOut:
      '{{place}} zbyt długo nie odpowiada. Sprawdź host, port i połączenie z internetem.',
    connectionRefused: '{{place}} odrzuca połączenie. Sprawdź port.',
    connectionFailed:
      'Nie udało się połączyć z {{place}} ({{reason}}). Sprawdź host, port i połączenie z internetem.',
    hostUnreachable: 'Nie można się stąd połączyć z {{place}}. Sprawdź połączenie z internetem.',
    hostNotFound: 'Nie znaleziono nazwy {{host}}. Sprawdź pisownię.',
    nameServersSilent:
      'Nie udało się odnaleźć nazwy {{host}}: żaden serwer DNS nie odpowiedział. Sprawdź połączenie z internetem.',
    proxyUnreachable: 'Nie udało się użyć proxy. {{why}}',
    proxyFailed:
      'Proxy nie mogło połączyć się z {{place}} ({{reason}}). Sprawdź adres poola i dziennik proxy.',
    tlsFailed: '{{place}} nie odpowiada przez TLS. Wyłącz TLS lub użyj portu TLS poola.',
    tlsExpected: 'To jest port TLS. Włącz TLS dla tego poola.',
    certificateNotTrusted:
      'Certyfikat nie jest zaufany. {{why}} Zaufaj mu tylko, jeśli wiesz, że jego odcisk to {{fingerprint}}, albo wybierz inny pool.',
    certificateNotPinned:
      'To nie jest certyfikat, który przypięto: oczekiwano {{pinned}}, znaleziono {{found}}. Ktoś może przechwytywać połączenie. Jeśli ogłoszono nowy certyfikat, przypnij ten nowy.',
    certificateChanged:
      'Certyfikat zmienił się z {{first}} na {{found}} i żaden znany urząd certyfikacji nie ręczy za nowy. Ktoś może przechwytywać połączenie. Jeśli to skutek ponownego uruchomienia twojego własnego P2Pool, zacznij kopać ponownie, aby mu zaufać.',
    certificateExpired: 'Wygasł: {{day}}.',
    certificateNotYetValid: 'Będzie ważny dopiero od: {{day}}. Sprawdź zegar tego komputera.',
    certificateSelfSigned: 'To certyfikat z podpisem własnym.',
    certificateUnknownAuthority:
      'Nie ręczy za niego żaden urząd certyfikacji znany temu komputerowi.',
    certificateOfAnother: 'Wystawiono go dla {{names}}, a nie dla {{name}}.',
    certificateUnverified: 'Nie udało się go zweryfikować ({{reason}}).',
    loginTimedOut: 'Pool nie odpowiedział na logowanie w ciągu {{waitMs, duration}}.',
    loginTooLong: 'Login, hasło i nazwa koparki są razem za długie. Skróć je.',
    loginMalformed: 'Pool przyjął logowanie, ale nie podał identyfikatora sesji.',
    sessionIdTooLong: 'Identyfikator sesji z poola jest za długi, by go odesłać.',
    loginRefused: 'Pool odrzucił logowanie: „{{said}}”. Sprawdź adres portfela i ustawienia poola.',
    loginFailed: 'Pool odrzucił logowanie: „{{said}}”.',
    loginFailedSilently: 'Pool odrzucił logowanie bez podania powodu.',
    poolNotReady: 'Pool nie może teraz przyjąć logowania: „{{said}}”.',
    banned: 'Pool zablokował ten komputer na jakiś czas: „{{said}}”.',
    sessionLost: 'Pool zapomniał o tej sesji: „{{said}}”.',
    noJob: 'Pool przyjął logowanie, ale przez {{waitMs, duration}} nie przysłał zadania.',
    noJobForLong: 'Pool nie przysyła zadań od {{waitMs, roughly}}.',
    sharesUnanswered_one: 'Pool nie odpowiedział na ostatni udział.',
    sharesUnanswered_few: 'Pool nie odpowiedział na ostatnie {{count}} udziały.',
    sharesUnanswered_many: 'Pool nie odpowiedział na ostatnich {{count}} udziałów.',
    sharesUnanswered_other: 'Pool nie odpowiedział na ostatnie udziały ({{count}}).',
    noShareCounts_one: 'Ostatni udział nie został zaliczony. {{why}}',
    noShareCounts_few: 'Żaden z ostatnich {{count}} udziałów nie został zaliczony. {{why}}',
    noShareCounts_many: 'Żaden z ostatnich {{count}} udziałów nie został zaliczony. {{why}}',
    noShareCounts_other: 'Żaden z ostatnich {{count}} udziałów nie został zaliczony. {{why}}',
    sharesRefusedForNow:
      'Pięć udziałów z rzędu zostało odrzuconych. {{why}} Aplikacja wypróbuje ten pool ponownie później.',
    sharesRefused:
      'Pięć udziałów z rzędu zostało odrzuconych. {{why}} Kopanie na tym poolu zatrzymano, bo wyniki tego komputera mogą być błędne. Cofnij podkręcanie lub wypróbuj inny pool.',
    poolNotReading: 'Pool przestał czytać to, co jest do niego wysyłane.',
    tooMuchData: 'Pool wysyła znacznie więcej danych, niż powinien jakikolwiek pool. Sprawdź port.',
    lineTooLong: 'Pool wysłał wiersz bez końca. Sprawdź port.',
    notStratum: 'Pool nie obsługuje protokołu stratum. Sprawdź port.',
    webServer: 'Ten port należy do serwera WWW. Poszukaj portu poola do kopania.',
    closed: 'Pool zamknął połączenie.',
    closedAtOnce: 'Pool zamknął połączenie bez odpowiedzi.',
    closedAtOnceTlsPerhaps:
      'Pool zamknął połączenie bez odpowiedzi. Jeśli to port TLS, włącz TLS dla tego poola.',
    connectionBroken: 'Pool zerwał połączenie.',
    connectionDied: 'Połączenie zamarło: pool przestał odpowiadać.',
    connectionEnded: 'Połączenie się zakończyło ({{reason}}).',
    connectionRenewed: 'Komputer spał lub zmieniła się jego sieć. Ponowne łączenie.',
    jobMalformed:
      'Pool przysłał zadanie, w którym brakuje pola {{member}} lub jest ono uszkodzone. Zadanie pominięto.',
    jobsMalformed: 'Pool przysyła uszkodzone zadania. {{why}}',
    jobIdTooLong: 'Pool przysłał zadanie z identyfikatorem za długim, by go odesłać.',
    algorithmUnknown:
      'Pool przysłał zadanie dla „{{said}}”, co nie jest algorytmem Monero. Wybierz inny pool lub port.',
    algorithmNotWanted:
      'Pool przysłał zadanie dla {{algorithm}}, a wolno kopać tylko {{wanted}}. Wybierz inny pool lub port.',
    blockVersionUnknown:
      'Pool przysłał blok w wersji {{version}}, którego ta aplikacja nie umie kopać. Wybierz inny pool lub port.',
    blockLayoutUnknown:
      'Pool przysłał blok o nieznanej strukturze. Wybierz inny pool lub port albo poszukaj aktualizacji tej aplikacji.',
    seedHashMissing:
      'Pool przysłał zadanie RandomX bez seed hash, którego nikt nie może kopać. Wybierz inny pool lub port.',
    jobGone: 'Zadanie tego udziału należy do wcześniejszego połączenia.',
    jobWithdrawn: 'Pool zastąpił zadanie tego udziału takim, którego nie da się kopać.',
    difficultyRaised: 'Pool podniósł od tego czasu trudność tego zadania.',
    blockChanged: 'Pool przeszedł do innego bloku, zanim znaleziono udział.',
    shareBelowTarget: 'Silnik znalazł udział, który nie osiąga celu. Nie wysłano go.',
    shareNonceDiffers: 'Nonce udziału różni się od tego w jego blobie. Nie wysłano go.',
    shareNonceReserved: 'Nonce udziału używa bajtu zastrzeżonego dla poola. Nie wysłano go.',
    shareRepeated: 'Ten sam udział znaleziono dwa razy. Wysłano go raz.',
    tooManyShares: 'Pool żąda tak mało pracy na udział, że tego nie wysłano.',
    notConnected: 'Nie było połączenia, którym można by wysłać udział.',
    shareUnanswered: 'Pool nie odpowiedział na ten udział w ciągu minuty.',
    shareCutOff: 'Połączenie skończyło się, zanim pool odpowiedział na ten udział.',
    poolLeft: 'Aplikacja rozłączyła się z poolem, zanim odpowiedział na ten udział.',
    shareLate: 'Udział dotarł do poola za późno: „{{said}}”.',
    shareRefused: 'Pool odrzucił udział: „{{said}}”.',
    shareRefusedSilently: 'Pool odrzucił udział bez podania powodu.',
    poolGivesNoWork: 'Ten pool nie daje pracy, a inny z twojej listy daje.',
    earlierPoolWorks: 'Pool stojący wyżej na twojej liście znów działa.',
    noPoolLeft: 'Żaden pool z listy nie działa. {{why}}',
    /* A node of one's own. */
    nodeUrlEmpty: 'Wpisz adres monerod, na przykład 127.0.0.1:18081.',
    nodeUrlScheme:
      'Z monerod nie można się połączyć przez {{scheme}}://. Wpisz host:port, http://host:port lub https://host:port.',
    nodeUrlLogin:
      'Nie można odczytać loginu w tym adresie. Wpisz user:password@host:port, z %40 zamiast @, %3A zamiast :, %2F zamiast / i %25 zamiast %.',
    nodeUrlPath: '„{{path}}” po adresie węzła nie jest prawidłową ścieżką. Pomiń ją.',
    nodeUrlQuery:
      '„{{query}}” nie jest obsługiwane. Po adresie może stać tylko ?zmq=PORT, czyli port z --zmq-pub w monerod.',
    nodeLoginNeeded: 'Węzeł wymaga loginu. Wpisz nazwę użytkownika i hasło z jego --rpc-login.',
    nodeLoginRefused: 'Węzeł odrzucił nazwę użytkownika lub hasło. Sprawdź jedno i drugie.',
    nodeLoginUnknown: 'Serwer przed węzłem wymaga sposobu logowania, który nie jest obsługiwany.',
    nodeLoginInClear:
      'Serwer przed węzłem chce dostać hasło otwartym tekstem. Użyj TLS (https://), aby nikt nie mógł go odczytać.',
    nodeRefused: 'Węzeł odpowiedział: „{{said}}”.',
    nodeHttpStatus:
      'Węzeł odpowiedział statusem HTTP {{status}}. Sprawdź, czy to port RPC monerod, oraz ścieżkę, jeśli jest podana.',
    nodeNotMonerod:
      'To, co tam odpowiada, nie jest monerod (zapytano o {{asked}}). Sprawdź, czy to jego port RPC.',
    nodeAnswerTooLong: 'Odpowiedź węzła jest za długa. Sprawdź, czy to port RPC monerod.',
    nodeTimeout: 'Węzeł nie odpowiedział w ciągu {{limitMs, duration}}.',
    nodeClosed:
      '{{place}} zamyka połączenie bez odpowiedzi. Sprawdź, czy monerod działa i czy to jego port RPC. Może też wymagać TLS (https://).',
    nodeNotHttp:
      '{{place}} nie obsługuje HTTP. Sprawdź, czy to port RPC monerod. Może też wymagać TLS (https://).',
    nodeConnectionLost: 'Połączenie z {{place}} nie powiodło się ({{reason}}).',
    nodeWrongNetwork:
      'Sieć węzła to {{nodeNetwork}}, a sieć adresu portfela to {{network}}. Użyj węzła tej sieci.',
    nodeSyncing: 'Węzeł jeszcze się synchronizuje. Gdy skończy, kopanie ruszy samo.',
    nodeSyncingAt:
      'Węzeł jeszcze się synchronizuje (blok {{height, integer}} z {{target, integer}}). Gdy skończy, kopanie ruszy samo.',
    nodeUntrusted:
      'Węzeł jeszcze się synchronizuje i przekazuje to, co mówi inny węzeł, więc nie mógłby opublikować bloku. Gdy skończy, kopanie ruszy samo.',
    nodeAddressRefused: 'Węzeł nie przyjmuje tego adresu portfela. Sprawdź go.',
    nodeSubaddress:
      'Kopanie solo wymaga adresu głównego, który zaczyna się od 4. To jest subadres.',
    nodeIntegrated:
      'Węzeł pomija identyfikator płatności z adresu zintegrowanego, więc nikt nie wiedziałby, dla kogo jest nagroda. Kopanie solo wymaga adresu głównego.',
    nodeOldBlock:
      'Węzeł prosi o blok w wersji {{version}}, sprzed RandomX. Sprawdź, czy węzeł jest zsynchronizowany.',
    nodeUnknownLayout:
      'Węzeł prosi o blok o nieznanej strukturze (wersja {{version}}). Poszukaj aktualizacji tej aplikacji.',
    nodeOtherAlgorithm: 'Węzeł prosi o {{algorithm}}, a wolno kopać tylko {{only}}.',
    nodeUnproven:
      'Nic nie dowodzi, że {{host}} to twój węzeł. Każdy po drodze może rozdawać pracę, za którą zapłatę dostanie ktoś inny. Użyj TLS z certyfikatem, któremu ufasz.',
    nodeNoPublisher: '{{place}} nie jest nadawcą ZMQ monerod.',
    nodeNotAnnouncing:
      'Węzeł nie ogłasza nowych bloków, więc aplikacja pyta go co sekundę. Sprawdź --zmq-pub w monerod. {{reason}}',
    blockSuperseded: 'Łańcuch ma nowszy blok niż ten, na którym opiera się to rozwiązanie.',
    blockTemplateUsed: 'Ten blok ma już rozwiązanie. Drugie nie może wejść do łańcucha.',
    blockTooEasy: 'Hash nie osiąga trudności bloku.',
    blockOrphaned: 'Inny blok o tej samej wysokości był pierwszy.',
    blockMissing: 'Węzeł przyjął blok, ale go nie ma.',
    blockUndelivered: 'Nie udało się dostarczyć bloku na czas. {{reason}}',
    blockUnanswered: 'Aplikacja rozłączyła się z węzłem, zanim odpowiedział na to rozwiązanie.',
    /* The practice pool. */
    practiceNoServer: 'Nie udało się uruchomić poola treningowego na tym komputerze: {{reason}}.',
    /* The wallet address. */
    addressMissing: 'Wpisz swój adres Monero.',
    addressOtherCoin:
      'To wygląda na adres dla {{coin}}. Wpisz adres Monero, który zaczyna się od 4 lub 8.',
    addressIsSecret:
      'To wygląda na frazę seed lub tajny klucz. Nigdy nikomu ich nie podawaj: kto je ma, może zabrać twoje pieniądze. Wpisz adres portfela, który zaczyna się od 4 lub 8.',
    addressIsName:
      '„{{name}}” to nazwa, a nie adres. Aplikacja nie wyszukuje adresów po nazwach. Wpisz sam adres Monero, który pokazuje twój portfel.',
    addressWithMail:
      'To adres, po którym następuje nazwa workera lub adres e-mail. Wpisz sam adres. Jeśli pool chce w loginie czegoś więcej, użyj pola loginu (w terminalu --login).',
    addressGap_one:
      'Po pierwszym znaku jest spacja lub podział wiersza. Skopiuj adres jeszcze raz w jednym kawałku.',
    addressGap_few:
      'Po znaku {{count}} jest spacja lub podział wiersza. Skopiuj adres jeszcze raz w jednym kawałku.',
    addressGap_many:
      'Po znaku {{count}} jest spacja lub podział wiersza. Skopiuj adres jeszcze raz w jednym kawałku.',
    addressGap_other:
      'Po znaku {{count}} jest spacja lub podział wiersza. Skopiuj adres jeszcze raz w jednym kawałku.',
    addressForeign:
      'Znak {{position}} jest błędny: „{{character}}” nigdy nie występuje w adresie Monero. Skopiuj adres jeszcze raz.',
    addressInvisible:
      'Znak {{position}} jest niewidoczny ({{character}}) i nie należy do adresu. Skopiuj adres jeszcze raz, bez niczego wokół.',
    addressTooShort_one: 'Brakuje jednego znaku: adres ma ich 95. Skopiuj cały adres jeszcze raz.',
    addressTooShort_few:
      'To za krótkie na adres Monero: brakuje {{count}} z 95 znaków. Skopiuj cały adres jeszcze raz.',
    addressTooShort_many:
      'To za krótkie na adres Monero: brakuje {{count}} z 95 znaków. Skopiuj cały adres jeszcze raz.',
    addressTooShort_other:
      'To za krótkie na adres Monero: brakuje {{count}} z 95 znaków. Skopiuj cały adres jeszcze raz.',
    addressOneTooMany: 'O jeden znak za dużo: adres ma ich 95. Skopiuj cały adres jeszcze raz.',
    addressTooLong:
      'Liczba znaków: {{length}}. Adres Monero ma ich 95, a zintegrowany 106. Skopiuj cały adres jeszcze raz.',
    addressWrongCharacter:
      'Jeden znak jest błędny: ten na pozycji {{position}}. Skopiuj adres jeszcze raz z portfela.',
    addressSwapped:
      'Dwa sąsiednie znaki są zamienione: pozycje {{first}} i {{second}}. Skopiuj adres jeszcze raz z portfela.',
    addressChecksum:
      'Niektóre znaki tego adresu są błędne: nie zgadza się suma kontrolna. Skopiuj adres jeszcze raz z portfela.',
    addressUnknownKind:
      'To nie jest adres Monero, choć suma kontrolna się zgadza. Skopiuj adres jeszcze raz z portfela.',
    addressTestNetwork:
      'To adres sieci {{network}}, na którym nie ma prawdziwych pieniędzy. Wpisz adres z głównej sieci Monero.',
    addressWrongNetwork: 'To adres sieci {{network}}. Wpisz adres sieci {{wanted}}.',
    addressLinkOfWallet:
      'Ten link zawiera klucze portfela. Nigdy nigdzie go nie wklejaj. Wpisz sam adres, który zaczyna się od 4 lub 8.',
    addressLinkMalformed:
      'Nie można odczytać tego linku do płatności. Wpisz sam adres, który zaczyna się od 4 lub 8.',
    addressLinkPaymentId:
      'Ten link do płatności ma payment ID, którego kopanie nie może przekazać, więc twoje nagrody mogłyby przepaść. Użyj adresu własnego portfela.',
    pictureUnreadable: 'Nie udało się odczytać obrazu: {{reason}}. Wybierz inny.',
    pictureTooLarge:
      'Ten obraz jest za duży: limit to 10 MB i 40 megapikseli. Przytnij go do kodu QR i spróbuj ponownie.',
    pictureUnknown:
      'To nie jest obraz PNG ani JPEG albo jest uszkodzony. Zapisz kod QR w jednym z tych formatów i spróbuj ponownie.',
    pictureWithoutQr:
      'Na tym obrazie nie znaleziono kodu QR. Przytnij go do kodu QR lub wklej adres.',
    walletRig: 'Nazwa koparki po kropce może mieć od 1 do 31 znaków: liter, cyfr, „-” i „_”.',
    walletDifficulty:
      'Po „+” wpisz trudność udziału jako liczbę całkowitą, na przykład ADDRESS+10000.',
    /* Engine and session. */
    engineMissing:
      'Brakuje silnika kopiącego. Zainstaluj aplikację ponownie lub, w repozytorium, uruchom „npm run set-up”.',
    engineChanged:
      'Silnik kopiący zmieniono po jego zbudowaniu, więc go nie wczytano. Zainstaluj aplikację ponownie lub, w repozytorium, uruchom „npm run set-up”.',
    engineOutOfMemory:
      'Za mało wolnej pamięci. Tryb lekki potrzebuje około 256 MiB, szybki około 2,3 GiB. Zamknij inne programy i zacznij ponownie.',
    enginePagesUnavailable: 'System ma za mało stron pamięci o żądanym rozmiarze. Wybierz „auto”.',
    engineSelfTestFailed:
      'Silnik obliczył w autoteście błędny hash, więc nie kopie. Zgłoś to razem z modelem swojego CPU.',
    engineThreadRefused: 'System odmówił kolejnego wątku. Wybierz mniej wątków.',
    engineCpuUnsupported: 'Ten procesor nie ma zestawu instrukcji, którego potrzebuje silnik.',
    engineAlgorithmUnknown: 'Ta wersja silnika nie zna tego algorytmu. Zaktualizuj aplikację.',
    engineFault: 'Awaria silnika kopiącego: {{reason}}',
    engineWarning: 'Silnik kopiący działa dalej, ale zgłasza: {{reason}}',
    fastModeNeedsMemory:
      'Tryb szybki potrzebuje około 2,3 GiB wolnej pamięci, więcej niż ten komputer ma w tej chwili. Kopanie trwa w trybie lekkim, który jest kilka razy wolniejszy.',
    fastPathWrong:
      'Jeden z szybkich sposobów hashowania obliczył w autoteście błędny hash i nie jest używany. Zgłoś to razem z modelem swojego CPU.',
    generatedCodeForbidden:
      'System zabrania generowanego kodu, więc używany jest znacznie wolniejszy interpreter. Pozwól tej aplikacji uruchamiać generowany kod w swoim programie zabezpieczającym.',
    wrongShare:
      'Po ponownym obliczeniu udział okazał się błędny, więc go nie wysłano. Procesor lub pamięć są niestabilne: cofnij podkręcanie i sprawdź temperaturę.',
    shareUnchecked:
      'Znaleziono udział, ale zabrakło wolnej pamięci, by go sprawdzić, więc go nie wysłano. Zamknij inne programy.',
    keyWaits:
      'Za mało wolnej pamięci na nowy klucz sieci. Kopanie ruszy dalej samo, gdy tylko zwolni się około 256 MiB. Zamknij inne programy.',
    fewerThreads: 'System odmówił części wątków lub pamięci dla nich. Kopanie trwa na pozostałych.',
    uncleanExit:
      'Kopanie nie ruszyło automatycznie: ostatnim razem Ibctminer nie zakończył się poprawnie. Naciśnij „Zacznij kopać”, aby kopać.',
    noPlan: 'Nie ma jeszcze na czym kopać. Najpierw wybierz pool lub trening.',
    noJobYet: 'Zalogowano, oczekiwanie na pierwsze zadanie.',
    noncesExhausted: 'Wypróbowano wszystkie nonce tego zadania. Oczekiwanie na następne zadanie.',
    stalled:
      'Wątki hashujące od 10 sekund nie ukończyły żadnego hasha. Komputer może być bardzo zajęty albo spał.',
    answerNotAwaited: 'Kopanie zatrzymano, zanim przyszła odpowiedź na ten udział.',
    consentMissing: 'Najpierw wyraź zgodę na kopanie na tym komputerze.',
    noPool: 'Najpierw wybierz pool lub trening.',
    noWallet: 'Najpierw wpisz adres Monero dla swoich nagród.',
    measuring: 'Trwa pomiar tego komputera. Poczekaj, aż się skończy, lub go anuluj.',
    notStarted: 'Nie udało się rozpocząć kopania. Naciśnij „Zacznij kopać” jeszcze raz.',
    quitting: 'Ibctminer właśnie się zamyka. Otwórz go ponownie, aby kopać.',
    miningNow: 'Najpierw zatrzymaj kopanie. Zakłóciłoby pomiar.',
    oldConsent: 'Tekst się zmienił. Przeczytaj go ponownie, zanim wyrazisz zgodę.',
    noTrial: 'Pełna moc już się skończyła. Wypróbuj ją ponownie, aby ją zachować.',
    /* Settings and files. */
    noPermission: 'brak uprawnień',
    diskReadOnly: 'dysk jest tylko do odczytu',
    diskFull: 'dysk jest pełny',
    fileTooLarge: 'plik jest o wiele za duży',
    notAFile: 'to nie jest plik',
    systemSaid: 'system zgłasza {{said}}',
    notJson: 'wiersz {{line}}, kolumna {{column}} nie jest prawidłowym JSON-em',
    settingsWrong: 'wartość „{{where}}” jest błędna',
    notSettings: 'plik nie zawiera ustawień',
    settingsFromNewer: 'zapisała je nowsza wersja tej aplikacji',
    settingsSetAside:
      'Nie udało się odczytać twoich ustawień: {{fault}}. Aplikacja uruchomiła się z nowymi ustawieniami i zachowała stary plik jako {{aside}}.',
    settingsUnusable:
      'Nie udało się odczytać twoich ustawień w {{file}}: {{reason}}. Aplikacja uruchomiła się z nowymi ustawieniami i nie rusza tego pliku, więc twoje zmiany przetrwają tylko do jej zakończenia. Napraw plik lub uprawnienia do niego i uruchom aplikację ponownie.',
    settingsNotKept:
      'Twoje zmiany ustawień przetrwają tylko do zakończenia aplikacji: nie można zapisywać w {{folder}} ({{reason}}).',
    settingsUnwritable:
      'Nie udało się zapisać ustawień w {{file}}: {{reason}}. Sprawdź wolne miejsce i uprawnienia, a potem spróbuj ponownie.',
    tuningUnwritable:
      'Nie udało się zapisać pomiaru w {{file}}: {{reason}}. Sprawdź wolne miejsce i uprawnienia, a potem zmierz ponownie.',
    historyUnwritable:
      'Nie udało się zapisać historii w {{folder}}: {{reason}}. Kopanie trwa dalej, a historia z najwyżej jednego dnia pozostaje w pamięci, aż uda się ją zapisać.',
    historyUndeletable:
      'Nie udało się usunąć historii w {{folder}}: {{reason}}. Sprawdź uprawnienia do jej plików i spróbuj ponownie.',
    exportUnwritable:
      'Nie udało się wyeksportować historii do {{file}}: {{reason}}. Wybierz inny folder lub zwolnij miejsce.',
    logUnwritable:
      'Nie udało się zapisać dziennika w {{folder}}: {{reason}}. Kopanie trwa dalej, a ostatnie wiersze pozostają w pamięci.',
    logUnexportable:
      'Nie udało się wyeksportować dziennika do {{file}}: {{reason}}. Wybierz inny folder lub zwolnij miejsce.',
    folderUnopenable: 'Nie udało się otworzyć folderu {{folder}}: {{said}}.',
    historyDamaged:
      'Części historii w {{file}} nie udało się odczytać i pominięto ją. Reszta jest w porządku.',
    addressReplaced:
      'Ktoś inny zmienił adres portfela w pliku ustawień. Kopanie trwa dalej na adres potwierdzony przez ciebie.',
    markerUnwritable:
      'Nie udało się zapisać {{file}} ({{reason}}). Jeśli aplikacja ulegnie awarii podczas kopania, przy następnym uruchomieniu nie będzie o tym wiedzieć.',
    markerUnremovable:
      'Nie udało się usunąć {{file}} ({{reason}}). Przy następnym uruchomieniu aplikacja uzna, że doszło do awarii.',
    /* Window, tray and system. */
    badInput: 'Okno poprosiło o coś, czego aplikacja nie zna ({{channel}}: {{reason}}).',
    untrustedSender: 'Ta strona nie może sterować Ibctminerem.',
    placeIsOfNode: 'To adres węzła. Aby na nim kopać, wybierz „Własny węzeł”.',
    placeIsOfPool: 'To adres poola, a nie węzła.',
    loginItemUnwritable:
      'Nie udało się zmienić otwierania po zalogowaniu ({{reason}}). Zmień je w ustawieniach systemu.',
    /* Terminal: options and configuration files. */
    optionUnknown: 'Nie ma opcji „{{option}}”. Zobacz --help.',
    optionTakesNoValue: '--{{name}} nie przyjmuje wartości.',
    optionNeedsValue: '--{{name}} wymaga wartości: --{{name}} {{value}}.',
    optionTwice: '--{{name}} podano dwa razy. Podaj tę opcję raz.',
    optionInvalid: '--{{name}}: {{reason}}',
    optionNotWith: '--{{name}} nie łączy się z --{{other}}. Pomiń tę opcję.',
    optionNotWithFile:
      'Plik podaje swoje poole i ich loginy, więc --{{name}} się z nim nie łączy. Podaj też --pool lub zmień plik.',
    placeMissing:
      'Podaj, gdzie kopać: --pool HOST:PORT, --daemon URL lub --practice (zobacz --help).',
    placesTooMany: 'Wybierz jedno: --{{one}} albo --{{other}}.',
    nodeLoginInUrl:
      'Węzeł bierze login z adresu URL, a nie z --{{name}}: --daemon http://USER:PASSWORD@HOST:PORT.',
    poolIsNode: '--pool: „{{url}}” to adres monerod. Użyj --daemon.',
    walletMissingForNode: 'Kopanie na monerod wymaga --wallet ADDRESS, na który trafiają nagrody.',
    walletMissingForPool: 'Kopanie na poolu wymaga --wallet ADDRESS (lub --login TEXT).',
    walletAndLogin: 'Podaj --wallet albo --login, nie oba.',
    nodeNeedsPrimaryAddress:
      '--wallet: kopanie na monerod wymaga adresu głównego i niczego więcej. Zaczyna się on od 4 i ma 95 znaków.',
    fingerprintInvalid: '--tls-fingerprint przyjmuje SHA-256 certyfikatu: 64 cyfry szesnastkowe.',
    algorithmNeedsPool: '--algo {{algorithm}} wymaga --pool, który ma taką pracę.',
    threadsInvalid:
      '--threads przyjmuje na tym komputerze liczbę od 1 do {{most}}, a nie „{{given}}”.',
    choiceInvalid: '--{{name}} przyjmuje jedno z: {{choices}}, a nie „{{given}}”.',
    durationInvalid:
      '--duration przyjmuje sekundy, więcej niż 0 i najwyżej {{most}}, a nie „{{given}}”.',
    tuneNotWith: '--tune mierzy, a nie kopie, więc nie łączy się z --{{name}}.',
    apiTokenAlone: '--api-token służy do API HTTP. Podaj mu też port: --api-port N.',
    apiPortInvalid: '--api-port przyjmuje liczbę od 1 do 65535, a nie „{{given}}”.',
    apiTokenInvalid:
      'API HTTP wymaga --api-token TEXT: co najmniej {{least}} znaków ASCII bez spacji, które muszą wysyłać jego klienci.',
    configTooLong: 'Plik „{{file}}” jest za duży na listę opcji.',
    configUnreadable: 'Nie udało się odczytać pliku „{{file}}”: {{reason}}',
    configNotJson:
      'Plik „{{file}}” nie jest prawidłowym JSON-em (wiersz {{line}}, kolumna {{column}}). Wpisz coś w rodzaju {"practice": true}.',
    configNotAnObject:
      'Plik „{{file}}” musi zawierać jeden obiekt, na przykład {"practice": true}, albo być plikiem config.json z XMRig.',
    configUnknownOption: 'W „{{file}}”: nie ma opcji „{{name}}”. Użyj nazw z --help.',
    configNoFlag: 'W „{{file}}”: wartością „{{name}}” musi być true lub false.',
    configNoText: 'W „{{file}}”: wartością „{{name}}” musi być tekst, na przykład {{wanted}}.',
    fileMissing: 'nie ma takiego pliku.',
    fileForbidden: 'nie masz prawa go czytać.',
    fileIsFolder: 'to folder.',
    fileFault: 'system zgłasza {{code}}.',
    xmrigNoPool: 'W pliku XMRig nie ma żadnego włączonego poola.',
    xmrigNoUrl: 'nie ma adresu.',
    xmrigPoolSkipped: 'Pool „{{pool}}” z pliku XMRig pominięto: {{reason}}',
    xmrigNotOurs: 'nie da się tu kopać „{{what}}”.',
    xmrigSelfSelect: 'kopanie z własnych szablonów bloków (self-select) nie jest obsługiwane.',
    xmrigPrivateKey:
      'Plik XMRig zawiera klucz prywatny (spend-secret-key). Ibctminer nigdy takiego nie czyta. Usuń go z pliku i spróbuj ponownie.',
    xmrigCpuOff: 'Plik XMRig wyłącza kopanie na CPU, a Ibctminer nie kopie na niczym innym.',
    xmrigIgnored: 'Te ustawienia z pliku XMRig nie mają tu żadnego skutku: {{names}}.',
    xmrigDonation: 'Poziom darowizny z XMRig nie ma skutku: nie ma darowizny ani prowizji.',
    xmrigPriority: 'Wątki hashujące mają tu zawsze najniższy priorytet, cokolwiek mówi plik XMRig.',
    xmrigMsr:
      'Ibctminer nigdy nie zmienia rejestrów procesora (wrmsr). XMRig uruchomiony jako root to robi i zyskuje kilka procent.',
    xmrigGpu: 'Ibctminer kopie tylko na CPU. OpenCL i CUDA są pomijane.',
    xmrigPauses:
      'Wstrzymywanie na baterii lub gdy komputer jest używany to funkcja aplikacji okienkowej.',
    xmrigApiNotLocal:
      'API HTTP z pliku XMRig nasłuchuje na {{host}}. Tutaj odpowiada tylko temu komputerowi, więc pozostaje wyłączone. Użyj --api-port.',
    xmrigApiToken:
      'API HTTP z pliku XMRig nie ma tokenu dostępu o co najmniej {{least}} znakach, więc pozostaje wyłączone. Użyj --api-port i --api-token.',
    xmrigApiReadOnly: 'API HTTP jest tu tylko do odczytu.',
    /* HTTP API. */
    apiPortTaken: 'Port {{port}} jest już zajęty. Wybierz inny dla API HTTP.',
    apiCannotListen:
      'API HTTP nie mogło nasłuchiwać na porcie {{port}} ({{reason}}). Wybierz inny.',
    /* Releases and their signatures. */
    releaseKeyNone:
      'Ta kompilacja nie ma klucza wydania, więc nie może rozpoznać, co jest autentyczne.',
    signatureUnreadable: 'Nie można odczytać podpisu, więc nic, co on obejmuje, nie jest zaufane.',
    signatureForeign: 'Pliku nie podpisano kluczem Ibctminera, więc nie jest zaufany.',
    signatureWrong: 'Podpis się nie zgadza: plik zmieniono po podpisaniu.',
    releaseUnreadable: 'Nie można odczytać, co serwer podaje o najnowszej wersji.',
    fileListForeign: 'Lista plików jest podpisana, ale nie jest to lista tej wersji.',
    comparingNeedsMemory:
      'Porównanie wymaga 5 GiB wolnej pamięci, na dwa datasety; wolne jest {{bytes, gibibytes}}. Zamknij inne programy i spróbuj ponownie.',
    commandFailed: 'Polecenie się nie powiodło: {{said}}',
    commandGone: 'To polecenie już nie pasuje do tego komputera. Sprawdź ponownie.',
    promptOpen: 'Monit systemu jest już otwarty. Najpierw na niego odpowiedz.',
    comparingEnded: 'Pomiar przerwano przed końcem.',
    /* A table of prices. */
    tariffUnreadable: 'Nie udało się odczytać {{file}}: {{reason}}. Wybierz inny plik.',
    tariffColumns:
      'W wierszu {{line}} powinny być godzina i cena, na przykład 07:00;0,25, a jest „{{text}}”. Z pliku niczego nie wzięto.',
    tariffHour:
      'Wiersz {{line}}: „{{text}}” to nie pełna godzina od 0 do 23, taka jak 7 lub 07:00. Z pliku niczego nie wzięto.',
    tariffPrice:
      'Wiersz {{line}}: „{{text}}” to nie cena, taka jak 0.25 lub 0,25. Z pliku niczego nie wzięto.',
    tariffTwice:
      'Wiersz {{line}} podaje dla godziny {{hour}} drugą cenę. Zostaw tylko 24 godziny jednego dnia. Z pliku niczego nie wzięto.',
    tariffMissing:
      'W pliku brakuje ceny dla tych godzin: {{hours}}. Powinien zawierać wszystkie 24 godziny dnia. Niczego z niego nie wzięto.',
    /* A pool's web API. */
    poolApiFailed: 'Nie udało się zapytać serwera {{host}} o twoje saldo. {{why}}',
    poolApiStatus: 'Serwer odpowiedział statusem HTTP {{status}}. Spróbuj ponownie później.',
    poolApiRedirects:
      'Serwer odesłał aplikację do innego serwera, a ona tam nie przechodzi. Być może webowe API poola przeniesiono.',
    poolApiTooLong: 'Odpowiedź ma ponad {{size}} bajtów, więc jej nie odczytano.',
    poolApiSilent:
      'Serwer nie dokończył odpowiedzi w ciągu {{seconds}} s. Spróbuj ponownie później.',
    poolApiBroken: 'Połączenie zostało zerwane ({{reason}}). Spróbuj ponownie później.',
    poolApiStrange:
      'Odpowiedź jest inna, niż oczekuje ta aplikacja. Być może webowe API poola się zmieniło.',
    poolApiNoAddress:
      'Pool nie zna jeszcze twojego adresu. Pozna go po twoim pierwszym udziale tam.',
    releaseServer:
      'Nie udało się odpytać serwera aktualizacji {{host}} ({{reason}}). Spróbuj ponownie później.',
    updateChanged:
      'Pobrano coś innego niż to, co podpisano, więc to usunięto. Spróbuj ponownie; jeśli to nie pomoże, zajrzyj na stronę pobierania.',
    updateNotHere: 'Nie ma jeszcze czego instalować. Najpierw pobierz nowszą wersję.',
    updateAwaitsBlock: 'Blok jest w drodze do twojego węzła. Zainstaluj, gdy dotrze.',
    updateNotOpened: 'System nie mógł otworzyć {{file}} ({{said}}).',
  },
  /** The why line. */
  why: {
    needsConsent: 'Kopanie nie trwa: nie wyrażono jeszcze na nie zgody na tym komputerze.',
    notStartedYet: 'Kopanie jeszcze nie trwa: ruszy, gdy naciśniesz „Zacznij kopać”.',
    stoppedByUser: 'Zatrzymane przez ciebie.',
    over: 'Zatrzymane: to uruchomienie dobiegło końca.',
    quitting:
      'Ibctminer zakończy się, gdy tylko twój węzeł przyjmie znaleziony blok. Zakończ jeszcze raz, aby z niego zrezygnować.',
    connecting: 'Łączenie z poolem lub węzłem.',
    preparing: 'Przygotowanie pierwszego hasha.',
    building: {
      only: 'Tworzenie datasetu, {{progress, percent}}.',
      mining: 'Tworzenie datasetu, {{progress, percent}}. Tymczasem kopanie w trybie lekkim.',
      practising:
        'Tworzenie datasetu, {{progress, percent}}. Tymczasem trening w trybie lekkim, bez zarobku.',
    },
    mining: {
      fast: 'Kopanie w trybie szybkim.',
      light: 'Kopanie w trybie lekkim.',
    },
    practising: {
      fast: 'Trening w trybie szybkim, bez zarobku.',
      light: 'Trening w trybie lekkim, bez zarobku.',
    },
    paused: 'Wstrzymane: {{reasons}}.',
    pausedFor: 'Wstrzymane: {{reason}}, jeszcze {{remainingMs, duration}} (koniec: {{end}}).',
    held: {
      heat_one: 'Tylko {{count}} wątek, aby nie przegrzać procesora.',
      heat_few: 'Tylko {{count}} wątki, aby nie przegrzać procesora.',
      heat_many: 'Tylko {{count}} wątków, aby nie przegrzać procesora.',
      heat_other: 'Tylko {{count}} wątku, aby nie przegrzać procesora.',
      watts_one: 'Tylko {{count}} wątek, aby oszczędzać energię.',
      watts_few: 'Tylko {{count}} wątki, aby oszczędzać energię.',
      watts_many: 'Tylko {{count}} wątków, aby oszczędzać energię.',
      watts_other: 'Tylko {{count}} wątku, aby oszczędzać energię.',
    },
    notScheduledYet: 'Oczekiwanie według harmonogramu, początek: {{end}}.',
    neverScheduled: 'Kopanie nie trwa: twój harmonogram nie ma żadnych godzin.',
    reasonUntil: '{{reason}} (koniec: {{end}})',
    pausedBecause: {
      user: 'przez ciebie',
      snooze: 'odłożone',
      battery: 'zasilanie z baterii',
      inUse: 'używasz komputera',
      schedule: 'poza godzinami harmonogramu',
      heat: 'procesor jest za gorący',
      fullScreen: 'działa program pełnoekranowy',
      metered: 'taryfowe połączenie z internetem',
      listedProcess: 'działa program z twojej listy',
    },
    goesOn: {
      user: 'Naciśnij „Wznów”, aby kontynuować.',
      battery: 'Kopanie wraca przy zasilaniu z sieci.',
      inUse: 'Kopanie wraca, gdy zostawisz komputer w spokoju.',
      heat: 'Kopanie wraca, gdy ostygnie.',
      fullScreen: 'Kopanie wraca po wyjściu z pełnego ekranu.',
      metered: 'Kopanie wraca przy innym połączeniu.',
      listedProcess: 'Kopanie wraca po jego zamknięciu.',
    },
    retrying: 'Następna próba za {{retryInMs, duration}}: {{problem}}',
  },
  /** Lines of the log and of the terminal. */
  log: {
    connected: 'Połączono z {{place}}.',
    connectedEncrypted: 'Połączono z {{place}} przez TLS.',
    connectedByTls: 'Połączono z {{place}} przez TLS. SHA-256 certyfikatu: {{fingerprint}}.',
    connectedPractice: 'Połączono z poolem treningowym, bez zarobku.',
    loggedIn: 'Zalogowano.',
    job: 'Nowe zadanie: {{algorithm}}, trudność {{difficulty, integer}}.',
    jobAtHeight:
      'Nowe zadanie: {{algorithm}}, trudność {{difficulty, integer}}, wysokość {{height}}.',
    jobRefused: 'Odrzucono zadanie. {{problem}}',
    shareAccepted: 'Udział przyjęty (trudność {{difficulty, integer}}, {{ms}} ms).',
    shareRejected: 'Udział odrzucony. {{problem}}',
    shareStale: 'Udział spóźniony. {{problem}}',
    disconnected: '{{problem}} Następna próba za {{retryInMs, duration}}.',
    givenUp: 'Zaniechano prób. {{problem}}',
    problem: '{{problem}}',
    notStartedAfterStop: 'Kopanie nie ruszyło automatycznie: ostatnim razem je zatrzymano.',
    notStartedAfterCrash:
      'Kopanie nie ruszyło automatycznie: ostatnim razem Ibctminer nie zakończył się poprawnie.',
    stoppedByFault: 'Kopanie zatrzymał błąd wewnętrzny: {{reason}}',
    newVersion: 'Dostępna jest wersja {{version}}. Sposób instalacji podano w ustawieniach.',
    fullPowerNotKept: 'Nie zachowano pełnej mocy. Przywrócono wcześniejsze ustawienie.',
  },
  /** The tray's menu and tooltip. */
  tray: {
    start: 'Zacznij kopać',
    stop: 'Zatrzymaj',
    power: 'Moc',
    profile: {
      quiet: 'Cicha',
      balanced: 'Średnia',
      full: 'Pełna',
    },
    shares: 'Udziały: {{accepted}} przyjęte, {{rejected}} odrzucone, {{stale}} spóźnione',
    open: 'Otwórz Ibctminer',
    settings: 'Ustawienia…',
    quitMining: 'Zakończ (zatrzymuje kopanie)',
  },
  notification: {
    hidden:
      'Ibctminer działa dalej w zasobniku. Z jego menu możesz zatrzymać kopanie lub zakończyć.',
    blockUnderWay:
      'Znaleziono blok. Ibctminer zakończy się, gdy tylko przyjmie go twój węzeł, najpóźniej za dwie minuty. Aby zakończyć od razu, zakończ jeszcze raz.',
    goesOn: 'Kopanie znów trwa.',
    poolDown: '{{host}} od 2 minut nie daje pracy.',
    poolDownBecause: '{{host}} od 2 minut nie daje pracy: {{why}}',
    poolBack: '{{host}} znów działa.',
    noShares: 'Brak udziału trwa za długo: {{times}} × oczekiwany czas. Więcej pokaże „Historia”.',
    rejects: 'Pool odrzuca {{part, percent}} twoich udziałów.',
  },
  /** The system's own dialogs. */
  dialog: {
    quitStops: 'Zakończenie zatrzymuje kopanie',
    quitStopsDetail:
      'Nowych udziałów nie będzie, dopóki nie otworzysz Ibctminera i nie zaczniesz znów kopać.',
    noSandbox: 'Ibctminer nie działa bez swojej piaskownicy',
    noSandboxDetail:
      'Uruchomiono go z --no-sandbox, przez co błąd w oknie mógłby sięgnąć twoich plików. Uruchom go bez tej opcji; jeśli twój system zabrania piaskownicy, zainstaluj pakiet Debiana, który zawiera potrzebne zezwolenie.',
    pictures: 'Obrazy',
    tables: 'Tabele (CSV)',
    pageFails: 'Okno wciąż ulega awarii',
    pageFailsDetail: 'Nie wpływa to na kopanie. Spróbuj ponownie albo zatrzymaj kopanie i zakończ.',
  },
  /** The terminal miner. */
  terminal: {
    what: 'Kop Monero na własnym procesorze, w terminalu.',
    options: '[opcje]',
    exit: 'Ctrl+C zatrzymuje. Kod wyjścia: 0 po zatrzymaniu, 2 przy błędnym użyciu, 1 przy awarii, która kończy kopanie.',
    option: {
      pool: 'kop na tym poolu; powtórz, aby dodać zapasowe',
      daemon: 'kopanie solo na monerod: http://127.0.0.1:18081[/?zmq=PORT]',
      practice: 'kop na wbudowanym poolu treningowym: prawdziwa praca, bez zarobku',
      wallet: 'twój adres Monero, także ADDRESS+DIFF lub ADDRESS.RIG',
      login: 'wysyłany do poola dokładnie tak, jak wpisano, zamiast --wallet',
      pass: 'hasło do poola (domyślnie: x)',
      tls: 'użyj TLS; pierwszy certyfikat jest pokazywany i przypinany na to uruchomienie',
      'tls-fingerprint': 'SHA-256 jedynego certyfikatu, który ma być przyjęty',
      'rig-id': 'nazwa tego komputera, pokazywana przez pool',
      socks5: 'łącz się z poolem przez to proxy',
      threads: 'liczba wątków hashujących',
      mode: 'fast potrzebuje 2,3 GiB pamięci, light 256 MiB',
      algo: 'przyjmuj tylko zadania tego algorytmu',
      'api-port': 'API HTTP tylko do odczytu na 127.0.0.1, dla pulpitów monitorowania',
      'api-token': 'co muszą wysyłać klienci API; co najmniej 8 znaków',
      inspect: 'pokazuj każdą wiadomość z poola i do niego, bez twojego adresu',
      tune: 'mierz ten komputer przez około minutę i zachowaj najszybsze ustawienia; nie kopie',
      'no-learning': 'nie próbuj podczas kopania innych ustawień (wątków, hashy naraz)',
      config: 'czytaj opcje z pliku JSON, z nazwami jak tutaj, lub z config.json od XMRig',
      duration: 'zatrzymaj po tylu sekundach',
      json: 'wypisuj jeden obiekt JSON w wierszu',
      help: 'pokaż tę pomoc',
      version: 'pokaż wersję',
    },
    demonstration:
      'Pokaz na poolu treningowym wewnątrz tego programu, udziały: {{shares}}. Nic nie zarabia. Ctrl+C kończy.',
    status:
      '{{h10s}} 10 s · {{h60s}} 60 s · {{h15m}} 15 min · {{accepted}} przyjęte, {{rejected}} odrzucone, {{stale}} spóźnione',
    dataset: 'dataset {{progress, percent}}',
    practicePool: 'pool treningowy',
    api: 'API HTTP dla pulpitów monitorowania: {{url}}/2/summary i {{url}}/metrics',
    ended:
      'Zakończono po {{ms, duration}}: przyjęte {{accepted}}, odrzucone {{rejected}}, spóźnione {{stale}}, hashe {{hashes, integer}}.',
    tuneBegins: 'Pomiar tego komputera potrwa około minuty. Nic nie jest nikomu wysyłane.',
    tunePoint: '{{threads}}, {{sideBySide}}: {{rate, hashrate}}',
    tuneKept: 'Zachowano dla {{algorithm}}, tryb {{mode}}: {{best}}',
    forReal: 'Aby kopać naprawdę, na komputerze własnym lub takim, którego wolno ci używać:',
    forRealAlone: 'Albo solo na własnym monerod:',
    allOptions: 'Wszystkie opcje:',
  },
};
