import type { Catalogue } from './catalogues.ts';

// Hitap: siz. mining: madencilik, fiili kazmak; share: pay; stale: eskimiş; rejected: ret; pool: havuz; backup pool: yedek havuz; node: düğüm; fee: komisyon; luck: şans; effort: efor; health: tanılama; log: günlük; practice: alıştırma; fast/light mode: hızlı/hafif mod; seed phrase: kurtarma kelimeleri; thread, hashrate, dataset ve huge page İngilizce kalır. Yer tutuculara ek getirilmez.
export const tr: Catalogue = {
  app: {
    name: 'Ibctminer',
    what: 'Kendi CPU’nuzla Monero kazar',
    title: 'Ibctminer · {{screen}}',
    loading: 'Başlatılıyor…',
    noBridgeTitle: 'Bu sayfanın yeri uygulamanın içi',
    noBridge: 'Bunun yerine Ibctminer’ı açın. Tarayıcıda bu sayfanın konuşabileceği bir şey yok.',
    failedTitle: 'Uygulama yüklenemedi',
    retry: 'Yeniden dene',
    silentTitle: 'Madencilik çekirdeği yanıt vermiyor',
    silent:
      'Aşağıdaki değerler {{ago}} öncesine ait. Kendiliğinden düzelmezse uygulamadan çıkıp yeniden açın. Çıkınca madencilik durur.',
    practice: 'Alıştırma',
    practiceBanner:
      'Alıştırma: Hash hesabı gerçek, ama bu bilgisayardan hiçbir şey çıkmaz ve hiçbir şey kazanılmaz.',
    addressChanged:
      'Başka biri ayar dosyasındaki cüzdan adresini değiştirdi: {{found}}. Uygulama onayladığınız adresi kullanmayı sürdürüyor: {{confirmed}}.',
    addressNone: 'yok',
    addressKeep: 'Onaylanan adres kalsın',
    addressUse: 'Öteki adresi kullan',
    dismiss: 'Kapat',
    skipToContent: 'İçeriğe geç',
  },
  nav: {
    label: 'Ana menü',
    dashboard: 'Genel bakış',
    history: 'Geçmiş',
    pools: 'Havuzlar',
    settings: 'Ayarlar',
    logs: 'Günlük',
    health: 'Tanılama',
    about: 'Hakkında',
  },
  commands: {
    title: 'Komutlar',
    search: 'Komut ara',
    none: 'Böyle bir komut yok.',
    mining: 'Madencilik',
    screens: 'Git',
    settings: 'Ayarlar: {{section}}',
    pause15: '15 dakika duraklat',
    pause60: '1 saat duraklat',
    pause240: '4 saat duraklat',
    pauseOpen: 'Ben sürdürene dek duraklat',
    themeSystem: 'Sistem temasını kullan',
    themeLight: 'Açık temayı kullan',
    themeDark: 'Koyu temayı kullan',
    control: 'Ctrl',
  },
  tour: {
    title: 'Genel bakış turu',
    show: 'Genel bakış turunu göster',
    progress: '{{step}} / {{count}}',
    next: 'İleri',
    done: 'Bitti',
    never: 'Bir daha gösterme',
    steps: {
      state:
        'Uygulama kazıp kazmadığını ve nedenini her zaman burada, yukarıda söyler. Başlat ve Durdur hemen yanındadır ve anında etki eder.',
      hashrate:
        'Bu bilgisayarın her saniye denediği hash sayısı. Biraz dalgalanır; bu yüzden bir dakikanın ve çeyrek saatin ortalamaları daha çok şey söyler.',
      shares:
        'Pay, havuza gösterilecek kadar iyi bir hash’tir; havuz kabul ettiği her pay için ödeme yapar. Reddedilen ve eskimiş paylar için ödeme yapılmaz; birkaç eskimiş pay normaldir.',
      pool: 'İşin nereden geldiği ve kime ödeme yapıldığı. Zorluk, bir payın ne kadar seyrek olduğunu; ping, havuzun ne kadar çabuk yanıt verdiğini söyler.',
      money:
        'Madenciliğin burada ne getirip ne götürdüğü, tahmin olarak. Değip değmediğini görmek için fiyatlarınızı girin.',
      machine:
        'Her thread’in ne yaptığı ve madenciliğin ne tür bellek aldığı. Nasıl hızlanacağı Tanılama’da.',
    },
  },
  state: {
    label: 'Madencilik durumu',
    needsConsent: 'Kurulmadı',
    stopped: 'Durduruldu',
    connecting: 'Bağlanıyor',
    preparing: 'Dataset oluşturuluyor',
    preparingLight: 'Hafif modda kazıyor',
    mining: 'Kazıyor',
    paused: 'Duraklatıldı',
    waiting: 'Bekliyor',
    failed: 'Bir sorun yüzünden durdu',
    unknown: 'Madencilik çekirdeği bekleniyor',
  },
  control: {
    start: 'Madenciliği başlat',
    stop: 'Madenciliği durdur',
    pause: 'Duraklat',
    pause15: '15 dakika',
    pause60: '1 saat',
    pause240: '4 saat',
    pauseOpen: 'Ben sürdürene dek',
    resume: 'Sürdür',
    cancel: 'Vazgeç',
    back: 'Geri',
    continue: 'Devam',
    save: 'Kaydet',
    copyCommand: 'Komutu kopyala',
    runCommand: 'Run command', // untranslated
    copied: 'Kopyalandı',
  },
  consent: {
    text: 'Bu uygulama, gireceğiniz adres için Monero kazmak üzere CPU’nuzu kullanır. Elektrik harcar, ısı ve gürültü çıkarır, bu bilgisayarı yavaşlatabilir. Yalnızca sizin olan ya da bunun için kullanmanıza izin verilen bilgisayarlarda kazın. Siz Başlat’a basmadan başlamaz.',
    agree: 'Bunu okudum ve kabul ediyorum',
    title: 'Bir şey çalışmadan önce',
    changed: 'Siz kabul ettikten sonra bu metin değişti, bu yüzden yeniden soruyoruz.',
    promises: 'Güvenebileceğiniz sözler',
    promiseFee: 'Komisyon yok. Yalnızca kendi adresiniz için kazarsınız.',
    promiseQuiet:
      'Telemetri yok. Uygulama seçtiğiniz havuza ya da düğüme bağlanır; siz istemedikçe başka hiçbir yere bağlanmaz.',
    promiseStop: 'Durdur hemen etki eder, Çık arkada çalışan hiçbir şey bırakmaz.',
  },
  wizard: {
    label: 'Kurulum',
    progress: 'Adım {{step}} / {{count}}',
    consent: 'Onay',
    wallet: 'Cüzdan',
    pool: 'Havuz',
    power: 'Güç',
    review: 'Özet',
  },
  wallet: {
    title: 'Ödülleriniz nereye gitsin?',
    lead: 'Kendi Monero cüzdanınızın alım adresini yapıştırın. Uygulama hiçbir zaman anahtar ya da kurtarma kelimeleri istemez. İsteyen dolandırıcıdır.',
    address: 'Monero cüzdan adresi',
    placeholder: '4 ya da 8 ile başlar',
    checking: 'Denetleniyor…',
    compare:
      'Cüzdanınızdaki adresle karşılaştırın, özellikle ilk ve son karakterleri. Bazı zararlı yazılımlar panodaki adresi değiştirir.',
    addressLabel: 'Sekiz karakterlik öbekler hâlinde adres',
    kinds: {
      standard: 'Bu, geçerli bir Monero adresi.',
      subaddress:
        'Bu, geçerli bir Monero alt adresi. Havuzların çoğu kabul eder, ama solo madencilik ana adresinizi ister.',
      integrated: 'Bu, geçerli bir tümleşik adres. Bazı havuzlar kabul etmez.',
    },
    fromLink: 'Bu ödeme bağlantısından yalnızca adres alındı.',
    readPicture: 'Resimden QR kodu oku',
    none: 'Henüz cüzdanınız yok mu?',
    how: 'getmonero.org’dan ya da telefonunuza bir cüzdan kurun, kurtarma kelimelerini kâğıda yazın, sonra “Al” altında gösterdiği adresi kopyalayın.',
    getWallet: 'getmonero.org’u aç',
    skip: 'Cüzdansız alıştırma yap',
  },
  pool: {
    title: 'İş nereden gelsin?',
    lead: 'Havuz iş dağıtır ve paylarınızın karşılığını öder. Küçük olanı daha iyidir: Monero, hiçbir havuz büyük olmadığında en güvenlidir ve uzun vadede hepsi, kendi komisyonu dışında, aynı ödemeyi yapar. P2Pool daha da iyidir: işletmecisi de komisyonu da yoktur.',
    sizes: 'Her havuzun büyüklüğünü gör',
    choices: 'İşin kaynağı',
    own: 'Başka bir havuz',
    ownHint: 'Adresiyle herhangi bir Monero havuzu',
    proxy: 'xmrig-proxy',
    proxyHint: 'Havuzunuzu ve cüzdanınızı bilen, kendi proxy’niz',
    p2pool: 'Kendi P2Pool’um',
    p2poolHint:
      'Merkeziyetsiz, komisyonsuz. Bu ya da başka bir bilgisayarda monerod ve P2Pool ister',
    node: 'Kendi düğümüm',
    nodeHint:
      'Burada ya da ağınızın herhangi bir yerindeki kendi monerod’unuzla solo madencilik. Bloklar seyrektir, ama ödülün tamamı sizindir',
    practice: 'Alıştırma havuzu',
    practiceHint: 'Her şeyi bu bilgisayarda, internetsiz ve kazançsız deneyin',
    earnsNothing: 'Kazandırmaz',
    encrypted: 'Şifreli (TLS)',
    tlsShort: 'TLS',
    plain: 'Şifresiz',
    needsWallet: 'Cüzdan adresi ister',
    known: 'Bilinen havuzlar',
    recommended: 'Monero için en iyisi',
    measure: 'Gecikmeyi ölç',
    measuring: 'Ölçülüyor…',
    measureHint: 'Bu havuzların her birine doğrudan bağlanır ve ayrılır. Adresiniz gönderilmez.',
    nearest:
      'En yakını: {{name}}, {{ms}} ms. Uzaklık pek önemli değil: her 100 ms, paylarınızın %0,1’inden azına mal olur.',
    noneReached: 'Bu havuzların hiçbirine ulaşılamadı. İnternet bağlantınızı denetleyin.',
    latencies: {
      refused: 'Bağlantıyı reddediyor',
      notFound: 'Bulunamadı',
      offline: 'Ulaşılamıyor',
      silent: 'Yanıt yok',
      certificate: 'Sertifika güvenilir değil',
      failed: 'Çalışmıyor',
    },
    fee: 'Komisyon %{{percent}}',
    facts: {
      title: '{{name}} hakkında',
      region: 'Sunucular',
      ports: 'Portlar',
      fee: 'Komisyon',
      payout: 'En düşük ödeme',
      onItsPage: 'Sitesinde yazıyor',
      percent: '%{{percent}}',
      amount: '{{amount}} XMR',
      source: 'Kaynak',
      sourceOf: '{{source}}, {{date}}. Sitesinden doğrulayın.',
      open: '{{page}} sayfasını aç',
    },
    regions: {
      global: 'Birkaç bölge; adı yakın olana götürür',
      europe: 'Avrupa',
      unknown: 'Bilinmiyor',
    },
    sources: {
      pool: 'Havuzun kendi yayımladığı sayfalar',
      lists: 'Havuzun kendi yayımladığı sayfalar; komisyon, herkese açık havuz listelerinden',
      configurations: 'Herkese açık madenci yapılandırmaları',
    },
    address: 'Havuz adresi',
    addressHint: 'Örneğin pool.example.org:443',
    nodeAddress: 'Düğüm adresi',
    nodeAddressHint: 'Örneğin 127.0.0.1:18081',
    tls: 'Bağlantıyı şifrele (TLS)',
    p2poolPays:
      'P2Pool pays the wallet it was started with: --wallet (a primary address), or --subaddress if that was given. The login sent by this app is only a name.', // untranslated
    proxyPays:
      'The proxy mines for the wallet in its own settings. The login sent by this app is only a name.', // untranslated
    noTls:
      'TLS olmadan, havuzla aranızdaki herkes adresinizi okuyabilir ve paylarınızı başka yere yönlendirebilir. Varsa havuzun TLS portunu kullanın.',
    noTlsNode:
      'TLS olmadan, düğümle aranızdaki herkes ödüllerinizi başka yere yönlendirebilir. Bunu yalnızca güvendiğiniz bir ağda yapın.',
    noTlsConfirm: 'Şifresiz bağlan',
    test: 'Bağlantıyı dene',
    testing: 'Deneniyor…',
    testOk: 'Çalışıyor',
    testFailed: 'Çalışmıyor',
    testJob: '{{ms}} ms içinde yanıt verdi ve bu uygulamanın kazabileceği bir iş gönderdi.',
    trusted: 'Sertifikasına güveniyorsunuz.',
    fingerprint: 'Sertifika: {{fingerprint}}',
    remedy: {
      none: 'TLS olmadan bağlan',
      authority: 'TLS kullan',
      pinned: 'Bu sertifikaya güven',
    },
  },
  power: {
    title: 'Ne kadar sıkı çalışsın?',
    lead: 'Bunu istediğiniz zaman, kazarken bile değiştirebilirsiniz.',
    profiles: 'Güç',
    quiet: 'Sessiz',
    quietHint: 'Siz çalışırken neredeyse fark edilmez',
    balanced: 'Dengeli',
    balancedHint: 'Bilgisayarın yarısını size bırakır',
    full: 'Tam güç',
    fullHint: 'İşe yarayan her thread: daha gürültülü, daha sıcak, sizin için daha yavaş',
    custom: 'Özel',
    customHint: 'Thread sayısını siz seçin',
    threads_one: '{{count}} thread',
    threads_other: '{{count}} thread',
    ofThreads: '{{threads}} / {{available}}',
    threadCount: 'Thread',
    cpu: '{{model}} · {{available}} mantıksal CPU',
    times: 'Ne zaman çalışsın',
    battery: 'Pildeyken duraklat',
    batteryHint: 'Prize takılınca sürer',
    batteryBelow: 'Pildeyken duraklat',
    batteryAlways: 'her zaman',
    batteryCharge: 'şarj {{charge, percent}} altındayken',
    idle: 'Yalnızca bilgisayar boştayken kaz',
    idleHint: 'Fareye ya da klavyeye dokunduğunuz anda duraklar. Kilitli ekran boşta sayılır.',
    idleAfter: 'Boşta sayma süresi',
    minutes_one: '{{count}} dakika',
    minutes_other: '{{count}} dakika',
    notAvailable: 'Kullanılamıyor: bu sistem bunu bildirmiyor.',
    fullTitle: 'Tam güç kullanılsın mı?',
    fullText:
      'İşe yarayan her thread kazacak; bilgisayar daha gürültülü, daha sıcak ve daha yavaş olur. Tam gücü sürdürmezseniz uygulama 30 saniye sonra şimdiki ayara döner.',
    fullConfirm: 'Tam gücü dene',
    trial: 'Sürdürmezseniz tam güç {{seconds}} s içinde biter.',
    trialWaiting: 'Tam güç madencilikle başlar; sürdürmezseniz 30 saniye sonra biter.',
    keep: 'Tam gücü sürdür',
    revert: 'Şimdi dön',
  },
  tuning: {
    title: 'Performans ayarı',
    hint: 'Yaklaşık bir dakika boyunca farklı thread sayılarını ve her thread’de yan yana farklı hash sayılarını dener, sonra en hızlı bileşimi kullanır. Hiçbir şey gönderilmez, hiçbir şey kazanılmaz.',
    notWhileMining: 'Önce madenciliği durdurun. Ölçümü bozar.',
    whileMining: 'Kazarken ayarla',
    whileMiningHint:
      'Madenciliğin ilk dakikalarında sırayla başka ayarları dener ve en hızlısını tutar. Her hash yine sayılır. Isı thread’leri sınırlarken bekler.',
    trying: 'Deneniyor: {{threads}}, {{hashes}}.',
    measure: 'Ölç',
    measureAgain: 'Yeniden ölç',
    progress: 'Ölçülüyor',
    curve: 'Thread sayısına göre hashrate',
    best_one: 'En hızlısı: {{count}} thread, {{hashes}}, {{rate}}.',
    best_other: 'En hızlısı: {{count}} thread, {{hashes}}, {{rate}}.',
    sideBySide_one: 'her seferinde bir hash',
    sideBySide_other: 'yan yana {{count}} hash',
    measuredAt: '{{date}} tarihinde {{mode}} modda ölçüldü.',
    fast: 'hızlı',
    light: 'hafif',
  },
  review: {
    title: 'Hazır. Henüz hiçbir şey çalışmıyor',
    lead: 'Madencilik ancak sonraki ekranda Başlat’a bastığınızda başlar.',
    walletNone: 'Yok (yalnızca alıştırma)',
    power: '{{profile}}, {{threads}}',
    rules: 'Kurallar',
    noRules: 'Yok',
    finish: 'Kurulumu bitir',
    edit: 'Değiştir',
  },
  dashboard: {
    hashrate: 'Hashrate',
    over10s: '10 s',
    over60s: '60 s',
    over15m: '15 min',
    chart: 'Hashrate, en çok son 15 dakika',
    chartEmpty: 'Grafik ilk hash’lerle başlar.',
    showTable: 'Tablo olarak göster',
    minute: 'Dakika',
    average: 'Ortalama',
    shares: 'Paylar',
    accepted: 'Kabul',
    rejected: 'Ret',
    stale: 'Eskimiş',
    sharesIdle:
      'Pay (share), havuzun karşılığını ödediği bir iş ispatı parçasıdır. Kazmaya başlayınca paylarınız burada görünür.',
    firstShare: 'İlk pay yaklaşık {{time}} içinde bekleniyor.',
    nextShare: 'Bu zorlukta yaklaşık {{time}} başına bir pay.',
    noShare: {
      normal: '{{time}} boyunca pay çıkmaması bu zorlukta normal (olasılık: {{chance}}).',
      unlucky: '{{time}} boyunca pay çıkmaması şanssızlık, ama olur (olasılık: {{chance}}).',
      unusual:
        '{{time}} boyunca pay çıkmaması olağan değil (olasılık: {{chance}}). Havuzda ya da bu bilgisayarda sorun olup olmadığını görmek için Tanılama ve Günlük’e bakın.',
    },
    luck: 'Bulunan: {{found}}; şimdiye kadarki hash’lere göre beklenen: {{expected}}.',
    connection: 'Havuz',
    host: 'Sunucu',
    paidTo: 'Ödenen adres',
    paidToKnown: 'Orada ayarlanmış adres',
    local: 'bu bilgisayarda',
    byTor: 'Tor ile şifreli',
    connectedFor: 'Bağlantı süresi',
    ms: '{{ms}} ms',
    noPool: 'Başlat’a basana kadar hiçbir yere bağlanılmaz.',
    willConnect: 'Bağlanılacak yer',
    algorithm: 'Algoritma',
    difficulty: 'Zorluk',
    height: 'Yükseklik',
    ping: 'Ping',
    uptime: 'Süre',
    temperature: 'CPU sıcaklığı',
    power: 'CPU gücü',
    watts: '{{watts}}\u00a0W',
    efficiency: 'Verimlilik',
    joulesPerMegahash: '{{joules}}\u00a0J/MH',
    link: {
      offline: 'Çevrimdışı',
      connecting: 'Bağlanıyor',
      loggedIn: 'Bağlı',
      waiting: 'Yeniden bağlanmayı bekliyor',
    },
    retryIn: '{{seconds}} s sonra yeniden denenecek',
    threads: 'Thread’ler',
    threadsOf: '{{count}} / {{available}} mantıksal CPU',
    cpu: 'CPU {{cpu}}',
    threadsIdle: 'Her hash thread’i burada kendi hızını gösterir.',
    engine: 'Bellek',
    datasetHint: 'Yaklaşık 2 GiB; bir kez oluşturulur ve madencilik boyunca tutulur.',
    mode: 'Mod',
    modes: {
      light: 'Hafif (256 MiB, yavaş)',
      fast: 'Hızlı (2 GiB)',
    },
    region: {
      dataset: 'Dataset',
      cache: 'Önbellek',
      scratchpads: 'Scratchpad',
    },
    page: {
      '1g': '1 GiB sayfalar',
      '2m': '2 MiB sayfalar',
      thp: 'Saydam huge page',
      '4k': '4 KiB sayfalar',
      none: 'Ayrılmadı',
    },
    pagesGood: 'Huge page kullanılıyor. Bellek bundan hızlı olamaz.',
    pagesPartly:
      'Saydam huge page’ler işe yarıyor. Ayrılmış 2 MiB huge page’ler çoğu zaman daha da hızlıdır.',
    pagesSmall: 'Küçük sayfalar madenciliği yavaşlatır. Huge page’i açan tam komut Tanılama’da.',
    engineIdle: 'Madencilik kapalıyken bellek kullanılmaz.',
    openHealth: 'Tanılama’yı aç',
    openPools: 'Havuzlar’ı aç',
    openLogs: 'Günlük’ü aç',
  },
  money: {
    title: 'Kazanç ve gider',
    edit: 'Değerleri gir',
    practice:
      'Alıştırma kazandırmaz. Aşağıdaki, aynı hashrate’in Monero ağında getireceği tutardır.',
    empty:
      'Madenciliğin ne getirip ne götürdüğünü burada görün: dayandığı her şeyle birlikte bir tahmin. Siz izin vermedikçe internetten hiçbir şeye bakılmaz.',
    brings: 'Günlük getiri',
    worth: 'Değeri',
    costs: 'Günlük gider',
    net: 'Günlük net',
    energy: 'Megahash başına enerji',
    xmr: '{{xmr}}\u00a0XMR',
    joules: '{{joules}}\u00a0J',
    costsMore: 'Madencilik getirdiğinden fazlasını götürüyor',
    costsMoreText:
      'Bu hızda günde ortalama yaklaşık {{lost}}. Daha sessiz bir güç ayarı çoğu zaman watt başına daha çok getirir.',
    mostDays: 'Beş günün dördünde getiri {{low}} ile {{high}} arasında',
    mostDaysNothing: 'On günün en az dokuzunda getiri yok',
    mostDaysNet: 'Elektrik düşülünce {{low}} ile {{high}} arasında.',
    nothing: '24 saatte hiçbir şey çıkmama olasılığı {{chance}}.',
    unit: {
      block:
        'Ortalama {{time}} başına bir blok bulursunuz ve tamamını alırsınız: {{xmr}} XMR. Aralık, bunun şansını gösterir.',
      share:
        'Ortalama {{time}} başına {{xmr}} XMR değerinde bir pay bulursunuz. Aralık, kendi paylarınızın şansını gösterir; havuzun şansı ve komisyonu buna eklenir.',
      p2poolShare:
        'Ortalama {{time}} başına {{xmr}} XMR değerinde, karşılığı ödenen bir P2Pool payı bulursunuz. Aralık, bunun şansını gösterir.',
    },
    noPromise:
      'Bu hızda, ortalama, 24 saatlik madencilik için. Bu bir tahmindir, söz değildir: zorluk ve fiyat sürekli değişir.',
    needed: 'Hâlâ gerekli:',
    need: {
      rate: 'hashrate’iniz; bir dakikalık madencilikten sonra bilinir',
      network:
        'ağın zorluğu ve ödülü; kendi düğümünüz, P2Pool ve bazı havuzlar bildirir, yoksa siz yazın',
      price: 'Monero’nun fiyatı',
      watts: 'madenciliğin çektiği watt',
      tariff: 'elektriğin fiyatı',
    },
    madeOf: 'Neye dayanıyor',
    input: {
      rate: 'Hashrate',
      difficulty: 'Ağ zorluğu',
      reward: 'Blok ödülü',
      price: '1 XMR fiyatı',
      watts: 'Güç',
      tariff: '1 kWh fiyatı',
    },
    source: {
      rate: 'burada ölçüldü, {{time}}',
      node: 'düğümünüzden, {{time}}',
      p2pool: 'P2Pool’dan, {{time}}',
      pool: 'havuzdan, {{time}}',
      typed: 'elle girildi, {{time}}',
      tariffMean: 'kazılan saatlerin ortalaması, elle girildi, {{time}}',
      measured: 'yalnızca işlemciler, ölçüldü, {{time}}',
    },
    p2poolFault: {
      notFound:
        'P2Pool’un değerleri belirttiğiniz klasörde yok. Klasörde network/stats ve pool/stats bulunmalı.',
      old: 'Belirttiğiniz klasördeki P2Pool değerleri on dakikadan eski. P2Pool çalışıyor mu?',
    },
    dialogText:
      'Her şey bu bilgisayarda kalır ve her değer, girdiğiniz tarihi korur. Bilmediklerinizi boş bırakın.',
    priceLabel: '1 XMR fiyatı',
    priceHint: 'Güvendiğiniz bir kaynaktan bugünkü fiyat.',
    currencyLabel: 'Para birimi',
    currencyHint: 'Üç harf: EUR, USD.',
    tariffLabel: '1 kWh fiyatı',
    tariffHint: 'Aynı para biriminde, elektrik faturanızdan.',
    windowsLabel: 'Belirli saatlerde farklı fiyatlar',
    windowsHint:
      'Her gün bu bilgisayarın saatine göre, 22-6: 0,18; 12-14: 0,25 biçiminde. Öteki bütün saatlerde yukarıdaki fiyat geçerlidir. Böylece Zamanlama en ucuz saatlere bağlı kalabilir.',
    readTariff: 'Fiyatları CSV dosyasından oku',
    readTariffHint:
      'Elektrik şirketinizden: her satırda bir saat ve o saatin 1 kWh fiyatı, örneğin 07:00;0,25; bir günün 24 saati için.',
    notWindows:
      'Saatleri ve fiyatları 22-6: 0,18 biçiminde yazın; birden fazlaysa aralarına noktalı virgül koyun.',
    wattsLabel: 'Madenciliğin çektiği watt',
    wattsHint:
      'Prize takılan bir wattmetrenin kazarken gösterdiğinden boştayken gösterdiğini çıkarın. Bu bilgisayar hiçbir şey bildirmiyor.',
    wattsMeasured:
      'İşlemcilerin kendileri için bildirdiği {{watts}} W değerini kullanmak için boş bırakın; anakart, bellek ve güç kaynağı buna çoğu zaman %10 ile %20 ekler. En iyisi prize takılan bir wattmetredir: kazarken gösterdiğinden boştayken gösterdiğini çıkarın.',
    wattsLimit:
      'Prize takılan bir wattmetrenin kazarken gösterdiğinden boştayken gösterdiğini çıkarın. İşlemciler, kendileri {{watts}} W altında kalacak biçimde ayarlı.',
    difficultyLabel: 'Ağ zorluğu',
    difficultyHint:
      'Örneğin 600 G. Blok gezginleri gösterir. Kendi düğümünüz ya da P2Pool varsa gerekmez.',
    rewardLabel: 'XMR olarak blok ödülü',
    rewardHint: '0,6 ve bloğun işlem ücretleri.',
    folderLabel: 'P2Pool’un değerleri',
    folderHint: 'Bu bilgisayarda çalışıyorsa P2Pool’a --data-api olarak verilen klasör.',
    notNumber: 'Bir sayı girin, örneğin 0,30.',
    notAboveZero: '0’dan büyük bir sayı girin, örneğin 0,30.',
    notCurrency: 'Bir para biriminin üç harfini girin, örneğin EUR.',
  },
  account: {
    switch: 'Bakiyenizi havuza sor ({{pool}})',
    hint: 'Cüzdan adresinizi siz kazarken ya da buraya bakarken beş dakikada bir şu sunucuya gönderir: {{host}}. Bu, madencilik bağlantısının yanında ikinci, şifreli bir bağlantıdır.',
    hintProxy:
      'Cüzdan adresinizi siz kazarken ya da buraya bakarken beş dakikada bir şu sunucuya gönderir: {{host}}. Bu, madencilik bağlantısının yanında ikinci, şifreli bir bağlantıdır ve proxy’nizden geçer: {{proxy}}.',
    title: 'Havuzun bildirdiği ({{pool}})',
    asking: 'Soruluyor: {{host}}…',
    due: 'Bakiye',
    paid: 'Şimdiye dek ödenen',
    payout: 'En düşük ödeme',
    rate: 'Oradaki hashrate’iniz',
    said: 'Durum: {{time}}; adresiniz için kazan bütün bilgisayarlar.',
    credit: {
      tooShort:
        'Gönderilen ve hesaba yazılan: bir şey söylemek için erken. Bir saat ve yaklaşık 50 kabul edilmiş pay gerekir.',
      within:
        '{{time}} içinde gönderdiğinizin hesaba yazılan bölümü ({{pool}}): {{percent}}. Rastlantının elverdiği sınırlar içinde.',
      less: '{{time}} içinde gönderdiğinizin hesaba yazılan bölümü ({{pool}}): {{percent}}. Rastlantının elverdiğinden az. Nedenini havuza sorun.',
      more: '{{time}} içinde gönderdiğinize karşılık hesaba yazılan ({{pool}}): {{percent}}. Bu uygulamanın gönderdiğinden çok. Adresiniz için kazan başka bilgisayarlar var mı?',
      how: 'Nasıl karşılaştırılıyor',
      title: 'Gönderilen ve hesaba yazılan',
      span: 'Havuzun iki yanıtı arasında',
      shares: 'Kabul edilen paylar',
      sent: 'Gönderilen, hash olarak',
      credited: 'Hesaba yazılan, hash olarak',
      chance: 'Rastlantının elverdiği',
      range: '{{low}} – {{high}}',
      explanation:
        'Her pay, zorluğu kadar hash sayılır. Paylar rastgele gelir, havuz da onları kendi zamanlarında toplar; bu yüzden iki toplam hiçbir zaman tam aynı olmaz: 100 seferin 99’unda rastlantı tek başına hesaba yazılanı bu aralıkta tutar. Havuz, başka bilgisayarların adresiniz için kazdıklarını da sayar.',
    },
  },
  history: {
    span: 'Gösterilen süre',
    spans: {
      quarterHour: '15 min',
      day: '24 h',
      month: '30 gün',
      year: '1 yıl',
    },
    kind: 'Gösterilen',
    kinds: {
      mining: 'Madencilik',
      practice: 'Alıştırma',
    },
    loading: 'Geçmiş okunuyor…',
    failedTitle: 'Geçmiş okunamadı',
    emptyTitle: {
      mining: 'Henüz geçmiş yok',
      practice: 'Henüz alıştırma yok',
    },
    empty: {
      mining:
        'Madenciliğin her dakikası burada, yalnızca bu bilgisayarda tutulur. Başlat’a bastığınızda başlar.',
      practice:
        'Alıştırma, madencilikten ayrı tutulur ve hiçbir zaman onunla birlikte sayılmaz. Alıştırma havuzunda alıştırma yapın, burada görünsün.',
    },
    average: 'Ortalama',
    mined: 'Kazma süresi',
    hashes: 'Hash',
    hashrate: 'Hashrate',
    chart: {
      quarterHour: 'Son 15 dakikanın hashrate’i',
      day: 'Son 24 saatin hashrate’i',
      month: 'Son 30 günün hashrate’i',
      year: 'Son bir yılın hashrate’i',
    },
    nothing: {
      quarterHour: 'Son 15 dakikada hiç kazılmadı.',
      day: 'Son 24 saatte hiç kazılmadı.',
      month: 'Son 30 günde hiç kazılmadı.',
      year: 'Son bir yılda hiç kazılmadı.',
    },
    hint: 'Okumak için grafiğin üzerine gelin ya da ok tuşlarını kullanın.',
    point: '{{period}}: {{rate}}, kazma süresi {{mined}}',
    pointIdle: '{{period}}: hiç kazılmadı',
    pointShares_one: '{{count}} pay',
    pointShares_other: '{{count}} pay',
    pointPaused: '{{time}} duraklatıldı ({{reasons}})',
    pointWaited: '{{time}} iş bekledi',
    legendPaused: 'Duraklatıldı',
    legendWaiting: 'İş bekliyor',
    legendGap: 'Boşluk: madencilik kapalıydı',
    time: 'Zaman',
    shares: 'Paylar',
    paused: 'Duraklama',
    expected: 'Beklenen',
    found: 'Bulunan',
    luck: 'Şans',
    luckText:
      'Bulunan payların, hash’lerinizin ortalamada bulduğuna oranı. Bu rastlantıdır ve zamanla dengelenir: %100 üstü iyi şans, altı kötü şanstır.',
    effort: 'Şimdiki efor',
    effortText:
      'Son payınızdan beri yapılan işin, bir payın ortalamada gerektirdiği işe oranı. Yirmi paydan biri %300’den fazlasını gerektirir.',
    lost: 'Lost', // untranslated
    lostText:
      'Of the shares, {{shares}} were rejected or stale. For {{time}} there was no work: while connecting or waiting for a pool.', // untranslated
    best: 'En iyi pay',
    bestText:
      'Paylarınızdan birinin ulaştığı en yüksek zorluk. Havuz bunun için fazladan ödemez; solo madencilikte bir bloğa ne kadar yaklaştığınızı gösterir.',
    spent: 'Zaman nereye gitti',
    states: {
      mining: 'Madencilik',
      preparing: 'Dataset oluşturma',
      paused: 'Duraklama',
      waiting: 'İş bekleme',
    },
    pausedReasons: 'Aynı anda birden çok neden geçerli olabilir.',
    sessions: 'Oturumlar',
    sessionsOf: '{{count}} oturumun en yeni {{shown}} tanesi',
    sessionsAll_one: 'Tümünü göster ({{count}})',
    sessionsAll_other: 'Tümünü göster ({{count}})',
    started: 'Başlangıç',
    more: '{{place}} ve {{count}} yer daha',
    failedShares: 'Ret ya da eskimiş',
    allTime: 'Tüm zamanlar',
    since: '{{date}} tarihinden beri',
    kept: 'Yalnızca bu bilgisayarda, {{folder}} klasöründe tutulur: {{size}}.',
    exportCsv: 'CSV olarak aktar',
    exportJson: 'JSON olarak aktar',
    exported: '{{file}} olarak kaydedildi.',
    delete: 'Geçmişi sil',
    deleteTitle: 'Tüm geçmiş silinsin mi?',
    deleteText:
      'Bu, hem madenciliğin hem alıştırmanın her dakikasını, oturumunu ve toplamını siler ve geri alınamaz. Paranız güvende: bu uygulamada değil, cüzdanınızda.',
  },
  shares: {
    newest: 'En yeni paylar',
    emptyTitle: 'Henüz pay yok',
    emptyIdle:
      'Madenciliği başlatın; bulduğunuz her pay, havuzun yanıtıyla birlikte burada listelenir.',
    emptyExpected: 'İlk pay yaklaşık {{time}} içinde bekleniyor.',
    emptyMining: 'İlk pay bulunur bulunmaz burada görünür.',
    time: 'Bulundu',
    outcome: 'Sonuç',
    difficulty: 'Zorluk',
    roundTrip: 'Yanıt',
    nonce: 'Nonce',
    outcomes: {
      pending: 'Bekliyor',
      accepted: 'Kabul',
      rejected: 'Ret',
      stale: 'Eskimiş',
    },
  },
  pools: {
    lead: 'Önce ana havuz kullanılır. Ona ulaşılamazsa yedek havuzlar bu sırayla devreye girer.',
    list: 'Havuzlar',
    templates: {
      known: 'Bilinen havuz',
      stratum: 'Başka bir havuz',
      p2pool: 'P2Pool',
      'xmrig-proxy': 'xmrig-proxy',
      daemon: 'Kendi düğümüm',
    },
    node: 'Kendi düğümüm',
    practising:
      'Alıştırma yapıyorsunuz, bu yüzden bu havuzlar kullanılmıyor. Gerçek madenciliğin kendi sayaçları vardır.',
    endPractice: 'Gerçekten kaz',
    practise: 'Alıştırma yap',
    practiseHint: 'Alıştırma bu bilgisayarda çalışır, internet istemez ve kazandırmaz.',
    emptyTitle: 'Henüz havuz yok',
    empty: 'Bir havuz ya da kendi düğümünüzü ekleyin.',
    add: 'Havuz ekle',
    primary: 'Ana',
    backup: 'Yedek {{number}}',
    standing: {
      inUse: 'In use', // untranslated
      inUseInstead: 'The pools before it give no work.', // untranslated
      connecting: 'Connecting…', // untranslated
      proving: 'Gives work again. It takes over after doing so for a minute or more.', // untranslated
      resting: 'Not needed: a pool before it gives work.', // untranslated
      down: '{{why}} It is tried again by itself.', // untranslated
      failed: '{{why}} It is not tried again until the next Start.', // untranslated
    },
    up: 'Yukarı taşı: {{name}}',
    down: 'Aşağı taşı: {{name}}',
    edit: 'Düzenle: {{name}}',
    remove: 'Kaldır: {{name}}',
    removeTitle: '{{name}} kaldırılsın mı?',
    removeText: 'Uygulama adresini ve ayarlarını unutur.',
    removeConfirm: 'Kaldır',
    addTitle: 'Havuz ekle',
    editTitle: 'Havuzu düzenle',
    name: 'Ad (isteğe bağlı)',
    password: 'Parola',
    passwordHint: 'Havuzların çoğu “x” kabul eder.',
    rigId: 'Rig adı (isteğe bağlı)',
    login: 'Cüzdan adresi yerine kullanıcı adı (isteğe bağlı)',
    loginHint: 'P2Pool ve proxy’ler için. Tam yazıldığı gibi gönderilir.',
    fingerprint: 'Güvenilen sertifika (isteğe bağlı)',
    fingerprintHint:
      'SHA-256, 64 onaltılık basamak. Yalnızca kendinden imzalı bir sertifika için gerekir.',
    fingerprintWrong: 'SHA-256 parmak izi, 0-9 ve a-f arasından 64 basamaktır.',
    rpcUser: 'RPC kullanıcı adı (isteğe bağlı)',
    rpcUserHint: 'monerod --rpc-login ile çalışıyorsa',
    rpcPassword: 'RPC parolası',
    zmqPort: 'ZMQ portu (isteğe bağlı)',
    zmqPortHint: 'Yeni blokları anında öğrenmek için monerod’un --zmq-pub portu',
    proxy: 'SOCKS5 proxy (isteğe bağlı)',
    proxyHint: 'Bu bilgisayarda Tor: 127.0.0.1:9050, Tor Browser: 127.0.0.1:9150',
    proxyWrong: 'Proxy’yi host:port biçiminde yazın, örneğin 127.0.0.1:9050.',
    tor: 'Tor',
    torBrowser: 'Tor Browser',
    through: '{{proxy}} üzerinden',
    onionAlone:
      'Onion adresine yalnızca Tor üzerinden ulaşılır. Tor’un proxy’sini “Diğer seçenekler” altına girin.',
    zmqPortWrong: 'Port, 1 ile 65535 arasında bir sayıdır.',
    more: 'Diğer seçenekler',
    full: 'En çok on altı havuz olabilir. Yenisini eklemek için birini kaldırın.',
  },
  settings: {
    sectionsLabel: 'Ayarların bölümleri',
    sections: {
      wallet: 'Cüzdan',
      power: 'Güç',
      rules: 'Kurallar',
      tuning: 'Bellek ve performans',
      appearance: 'Görünüm',
      notifications: 'Bildirimler',
      opening: 'Açılış ve kapanış',
      connections: 'Bağlantılar',
      reset: 'Sıfırlama',
    },
    search: 'Ayar ara',
    searchClear: 'Aramayı temizle',
    searchNone: '“{{text}}” ile eşleşen ayar yok.',
    searchNoneHint: 'Başka bir sözcük deneyin ya da bölümlere göz atın.',
    wallet: 'Cüzdan',
    walletHint: 'Havuzlar bu adrese öder, kendi düğümünüz bu adres için kazar.',
    walletNone:
      'Henüz adres yok; bu yüzden yalnızca alıştırma yapabilir ya da kendi kullanıcı adınızla kazabilirsiniz.',
    walletChange: 'Adresi değiştir',
    walletAdd: 'Adres ekle',
    walletNew: 'Yeni cüzdan adresi',
    walletConfirmTitle: 'Başka bir adres için kazılsın mı?',
    walletOld: 'Şimdiki',
    walletNext: 'Yeni',
    walletConfirm: 'Yeni adresi kullan',
    power: 'Güç',
    mode: 'Bellek',
    modeAuto: 'Otomatik',
    modeAutoHint: 'Yaklaşık 3 GiB boşsa hızlı',
    modeFast: 'Hızlı',
    modeFastHint: 'En az 2,3 GiB ister',
    modeLight: 'Hafif',
    modeLightHint: '256 MiB, birkaç kat daha yavaş',
    schedule: 'Zamanlama',
    scheduleOn: 'Yalnızca belirli saatlerde kaz',
    scheduleOnHint:
      'Bu bilgisayarın saatine göre. Bu saatlerin dışında madencilik bekler ve kendiliğinden yeniden başlar.',
    schedulePresets: 'Hazır zamanlamalar',
    schedulePreset: {
      nights: 'Geceler',
      weekends: 'Hafta sonları',
      nightsAndWeekends: 'Geceler ve hafta sonları',
      always: 'Her zaman',
    },
    scheduleGrid: 'Haftanın saatleri',
    scheduleHow:
      'Bir saate tıklayın ya da birkaçının üzerinde sürükleyin. Klavyede ok tuşları gezdirir, Boşluk bir saati açıp kapatır, Shift ile ok tuşları boyar.',
    scheduleHours_one: 'Haftada {{count}} saat kazar.',
    scheduleHours_other: 'Haftada {{count}} saat kazar.',
    scheduleNever: 'Hiçbir saat seçilmedi, bu yüzden hiç kazılmaz.',
    scheduleCell: '{{day}}, {{from}} – {{to}}',
    cheapest: 'Yalnızca en ucuz saatlerde kaz',
    cheapestHint:
      'Her günün saatlerinden, “Kazanç ve gider” altına girilen fiyatlara göre elektriğin en ucuz olduğu saatler.',
    cheapestNoTariff:
      'Önce “Kazanç ve gider” altına elektriğin hangi saatlerde kaça geldiğini girin.',
    cheapestHours: 'Günlük saat',
    fullScreen: 'Bir program tam ekrandayken duraklat',
    fullScreenHint: 'Oyunlar, filmler ve sunumlar. Tam ekrandan çıkınca sürer.',
    fullScreenUnavailable:
      'Kullanılamıyor: bu sistem bunu bildirmiyor. Programları aşağıdaki listeye ekleyebilirsiniz.',
    metered: 'Tarifeli bağlantıda duraklat',
    meteredHint: 'Veri miktarına göre ödenen bir bağlantı, örneğin telefon hotspot’u.',
    heat: 'CPU’yu serin tut',
    heatHint:
      'Bu sıcaklığın üstünde uygulama daha az thread ile kazar, 10\u00a0°C daha üstünde duraklar.',
    heatBelow: 'Üst sınır',
    watts: 'CPU gücünü sınırla',
    wattsHint:
      'İşlemciler, öteki programlar da dahil, bundan çok güç çekerken uygulama daha az thread ile kazar.',
    wattsBelow: 'Üst sınır',
    celsius: '{{degrees}}\u00a0°C',
    programs: 'Bu programlar çalışırken duraklat',
    programsHint:
      'Oyunlar, görüntülü görüşmeler, bilgisayarı tek başına kullanması gereken her şey.',
    programsNone: 'Listede program yok.',
    programsName: 'Program adı',
    programsAdd: 'Ekle',
    programsAdded: 'Madenciliği duraklatan programlar',
    programsRemove: 'Kaldır: {{name}}',
    rules: 'Kurallar',
    opening: 'Uygulamanın açılışı',
    startAtLaunch: 'Uygulama açılınca madenciliği başlat',
    startAtLaunchHint:
      'Varsayılan olarak kapalı. Çöktükten sonra ve siz Durdur’a bastıktan sonra hiçbir zaman başlamaz.',
    openAtLogin: 'Oturum açtığımda uygulamayı aç',
    openAtLoginHint: 'Pencereyi ya da tepsi simgesini açar. Madenciliği başlatmaz.',
    appearance: 'Görünüm',
    theme: 'Tema',
    language: 'Dil',
    system: 'Sistem',
    light: 'Açık',
    dark: 'Koyu',
    notifications: 'Bildirimler',
    rulePauses: 'Bir kural duraklattı ya da sürdürdü',
    poolDown: 'Havuza iki dakika ulaşılamadı ya da havuz geri geldi',
    noShares: 'Beklenenden çok daha uzun süre pay yok',
    rejects: 'Payların %5’inden fazlası reddedildi',
    failures: 'Madencilik bir sorun yüzünden bitti',
    window: 'Pencere kapatılınca',
    closeAsk: 'Her seferinde sor',
    closeBackground: 'Arka planda çalışmayı sürdür',
    closeQuit: 'Çık ve madenciliği durdur',
    noTray: 'Bu masaüstünde sistem tepsisi yok, bu yüzden pencere hiç gizlenmez.',
    api: 'İzleme API’si',
    apiOn: 'Bu bilgisayarda salt okunur HTTP API sun',
    apiHint:
      'Bu bilgisayardaki panolar hashrate’inizi ve paylarınızı okuyabilir. Hiçbir şeyi değiştiremezler ve başka bilgisayar bağlanamaz.',
    apiPort: 'Port',
    apiPortWrong: '1024 ile 65535 arasında bir sayı seçin.',
    apiAddress: 'Adres:',
    apiToken: '“Authorization: Bearer …” olarak gönderilen belirteç:',
    apiCopy: 'Belirteci kopyala',
    updates: 'Yeni sürümler',
    updatesLook: 'Yeni sürümleri denetle',
    updatesHint:
      'Günde bir kez {{host}} adresinden imzalı bir liste ister; siz ve bu bilgisayar hakkında hiçbir şey göndermez. Siz söylemeden hiçbir şey indirilmez ve kurulmaz.',
    updatesNow: 'Şimdi denetle',
    updatesNewest: 'Bu, en yeni sürüm. Son denetim: {{date}}.',
    updatesApt: '{{version}} sürümü hazır, imzası doğrulandı. Kurmak için:',
    updatesCommand: 'sudo apt update && sudo apt install --only-upgrade ibctminer',
    updatesPage: '{{version}} sürümü hazır, imzası doğrulandı.',
    updatesOpen: 'İndirme sayfasını aç',
    updatesDownload: 'İndir ({{size}})',
    updatesAgain: 'Yeniden dene',
    updatesRunning: '{{version}} sürümü indiriliyor: {{done}} / {{size}}.',
    updatesStop: 'Durdur',
    updatesReplace:
      '{{version}} sürümü geldi; eksiksiz ve özgün. Bunun yerine geçecek: madencilik durur ve uygulama yeniden başlar.',
    updatesReplaceNow: 'Kur ve yeniden başlat',
    updatesInstaller:
      '{{version}} sürümü geldi; eksiksiz ve özgün. Sistem kurulum programını açacak: madencilik durur ve uygulamadan çıkılır.',
    updatesInstallerNow: 'Çık ve kurulumu aç',
    updatesStale_one:
      'Liste {{count}} gün önce imzalandı. Şimdiye kadar yenisi gelmeliydi: biri sizden daha yeni bir sürümü gizliyor olabilir. İndirme sayfasına bakın.',
    updatesStale_other:
      'Liste {{count}} gün önce imzalandı. Şimdiye kadar yenisi gelmeliydi: biri sizden daha yeni bir sürümü gizliyor olabilir. İndirme sayfasına bakın.',
    reset: 'Sıfırlama',
    resetHint: 'Cüzdan adresini, havuzları ve bütün ayarları siler. Madencilik durur.',
    resetButton: 'Her şeyi sıfırla',
    resetTitle: 'Her şey sıfırlansın mı?',
    resetText:
      'Bu, cüzdan adresini, havuzları ve bütün ayarları siler ve madenciliği durdurur. Paranız güvende: bu uygulamada değil, cüzdanınızda.',
  },
  logs: {
    lead: 'Cüzdan adresleri her satırdan çıkarılır.',
    kept: '{{folder}} klasöründe, en çok 6 MB tutulur; önce en eski satırlar gider.',
    openFolder: 'Klasörü aç',
    export: 'Tümünü aktar',
    filter: 'Düzey',
    all: 'Her şey',
    warn: 'Uyarılar ve hatalar',
    error: 'Hatalar',
    search: 'Günlükte ara',
    copy: 'Günlüğü kopyala',
    emptyTitle: 'Günlük henüz boş',
    empty: 'Uygulamanın yaptıkları, oldukça burada görünür.',
    noMatch: 'Eşleşen satır yok.',
    levels: {
      info: 'Bilgi',
      warn: 'Uyarı',
      error: 'Hata',
    },
    entries: 'Günlük satırları',
    messages: 'İletiler',
    messagesLead:
      'Bu uygulama ile havuz arasındaki son iletiler; adresler, parolalar ve oturum kimlikleri olmadan.',
    searchMessages: 'İletilerde ara',
    copyMessages: 'İletileri kopyala',
    noMessages: 'Henüz ileti yok. Uygulama bir havuza bağlanınca görünürler.',
    sent: 'Giden',
    received: 'Gelen',
  },
  health: {
    lead: 'Bu bilgisayarın madencilik için sunduğu olanaklar ve eksiklerin nasıl giderileceği.',
    run: 'Yeniden denetle',
    running: 'Denetleniyor…',
    copy: 'Raporu kopyala',
    copyHint: 'Rapor adresinizi içermez.',
    failedTitle: 'Denetim çalıştırılamadı',
    statuses: {
      ok: 'Tamam',
      warn: 'Dikkat gerekli',
      unknown: 'Bilinmiyor',
    },
    allGood: 'Her şey yolunda.',
    toLookAt_one: '{{count}} konu dikkat istiyor.',
    toLookAt_other: '{{count}} konu dikkat istiyor.',
    fix: 'Yapılacaklar',
    commands: {
      now: 'Şimdi, bir sonraki yeniden başlatmaya kadar',
      atBoot: 'Bilgisayarın her açılışında',
      lasting: 'Şimdi ve bundan sonra',
      undo: 'Geri almak için',
    },
    runHint:
      'Run command asks the system to run exactly this command. The system asks for an administrator’s password, which this app never sees.', // untranslated
    runPrompt: 'Answer the system’s prompt.', // untranslated
    runEnds: {
      ran: 'The command has run, and everything was checked again.', // untranslated
      dismissed: 'You closed the system’s prompt. The command was not run.', // untranslated
      notAllowed: 'The system did not allow it. The command was not run.', // untranslated
    },
    results: 'Sonuçlar',
    selfTest: 'Motor',
    selfTestRun: 'Motoru test et',
    selfTesting: 'Test ediliyor…',
    selfTestHint:
      'Sonuçları RandomX ile birlikte yayımlanmış hash’leri, üretilmiş kodla ve onsuz hesaplar. Motor aynısını ilk payından önce kendiliğinden yapar.',
    selfTestRight: '{{hashes}} hash’in hepsi doğru ({{seconds}} s).',
    selfTestWrong:
      'Yanlış hash’ler: {{ways}}. Hız aşırtma varsa geri alın ve sıcaklığı denetleyin. Sorun sürerse CPU modelinizle birlikte bildirin.',
    pagesGain: 'Huge page’in burada kazandırdığı',
    pagesGainRun: 'Kazancı ölç',
    pagesGainMeasuring: 'Ölçülüyor…',
    pagesGainHint:
      'Yaklaşık yarım dakika boyunca, aynı thread’lerle, sırayla huge page ile ve onsuz hash hesaplar. Hiçbir şey gönderilmez, hiçbir şey kazanılmaz. Bu sırada 5 GiB bellek kullanır.',
    pagesGainFaster:
      'Bu bilgisayarda madencilik huge page ile {{gain, percent}} daha hızlı: onunla {{huge}}, onsuz {{small}}.',
    pagesGainAlike: 'Bu bilgisayarda huge page fark yaratmıyor: onunla {{huge}}, onsuz {{small}}.',
    pagesGainOf_one: '{{pages, pages}}, {{count}} thread ile ölçüldü.',
    pagesGainOf_other: '{{pages, pages}}, {{count}} thread ile ölçüldü.',
    pagesGainNone:
      'Sistem şu anda huge page vermiyor, bu yüzden karşılaştırılacak bir şey yok. Neyin açtığı “Huge page” altında yazıyor.',
    fork: 'The next fork of Monero', // untranslated
    forkRun: 'Rehearse the fork', // untranslated
    forkRunning: 'Rehearsing…', // untranslated
    forkHint:
      'Monero’s next fork brings RandomX v2 (rx/2). The rehearsal mines on the practice pool inside this app, which forks in mid-run. It takes about a minute and, in fast mode, 3 GiB of memory. Nothing leaves this computer and nothing is earned.', // untranslated
    forkReady: 'This app and this computer are ready for the next fork of Monero.', // untranslated
    forkNotReady:
      'This app or this computer is not ready for the next fork of Monero. Look for an update, then rehearse it again.', // untranslated
    forkShares:
      'Shares accepted: {{before}} before the fork, {{after}} after it. Refused: {{refused}}.', // untranslated
    forkKept: 'Nothing had to be built again, and mining stood still for at most {{seconds}} s.', // untranslated
    forkRebuilt:
      'The dataset or cache had to be built again, and mining stood still for {{seconds}} s.', // untranslated
    forkRates: 'Hashrate: {{before}} before (rx/0), {{after}} after (rx/2).', // untranslated
    checks: {
      memory: 'Bellek',
      hugePages: 'Huge page',
      transparentPages: 'Saydam huge page',
      aes: 'AES komutları',
      jit: 'Üretilmiş kod',
      dns: 'Havuz adı',
      tls: 'Şifreleme',
      clock: 'Saat',
      virtualMachine: 'Virtual machine', // untranslated
      numa: 'Memory layout (NUMA)', // untranslated
      temperature: 'Temperature', // untranslated
      energy: 'Energy use', // untranslated
      antivirus: 'Antivirus', // untranslated
      battery: 'Pil algılama',
      idle: 'Boşta algılama',
      tray: 'Tepsi simgesi',
    },
    remarks: {
      memoryLightChosen: 'Ayarlar’da hafif mod seçili. 256 MiB ister.',
      memoryFast: 'Hızlı modun istediği 2,3 GiB var.',
      memoryUnknown: 'Bu bilgisayar ne kadar belleğin boş olduğunu bildirmiyor.',
      memoryFree: '{{bytes, gibibytes}} boş. Hızlı mod yaklaşık 3 GiB ister.',
      memoryShort:
        '{{bytes, gibibytes}} boş. Hızlı mod yaklaşık 3 GiB ister; bu yüzden bu bilgisayar birkaç kat daha yavaş olan hafif modda kazar.',
      memoryShortNow:
        '{{bytes, gibibytes}} boş. Hızlı mod yaklaşık 3 GiB ister; bu yüzden bu bilgisayar şu an birkaç kat daha yavaş olan hafif modda kazıyor.',
      memoryFix: 'Başka programları kapatın, sonra madenciliği durdurup yeniden başlatın.',
      pagesGood: 'Huge page kullanılıyor.',
      pagesFree_one: '2 MiB’lık {{count, integer}} huge page boş.',
      pagesFree_other: '2 MiB’lık {{count, integer}} huge page boş.',
      pagesShort_one:
        'Bir thread 2 MiB’lık {{needed, integer}} huge page ister; {{free, integer}} tanesi boş.',
      pagesShort_other:
        '{{count}} thread 2 MiB’lık {{needed, integer}} huge page ister; {{free, integer}} tanesi boş.',
      pagesTransparent: 'Onların yerine saydam huge page’ler kullanılıyor; hızları yakındır.',
      pagesUnknown: 'Bu bilgisayar huge page bilgisini bildirmiyor.',
      pagesInUse:
        'Dataset: {{dataset, pages}}. Önbellek: {{cache, pages}}. Scratchpad: {{scratchpads, pages}}.',
      pagesFix:
        'Bunları ayırın, sonra madenciliği durdurup yeniden başlatın. Böylece belleğe her erişim daha az adım sürer; genellikle en büyük kazanç budur. Bu sırada başka programlar bu {{bytes, gibibytes}} belleği kullanamaz.',
      pagesFixBeside:
        'Bunları ayırın, sonra madenciliği durdurup yeniden başlatın. Saydam olanlardan daha güvencelidirler ve çoğu zaman biraz daha hızlıdırlar. Bu sırada başka programlar bu {{bytes, gibibytes}} belleği kullanamaz.',
      thpOn: 'Sistem, bu uygulama gibi isteyen programlara huge page veriyor.',
      thpNotNeeded: 'Kapalılar ve gerekmiyorlar: yeterince huge page ayrılmış.',
      thpOff: 'Sistem kendiliğinden huge page vermiyor.',
      thpFix:
        'Huge page isteyen programlara izin verin, sonra madenciliği durdurup yeniden başlatın. Bu, hiç bellek ayırmadan huge page’in getirdiğinin çoğunu getirir.',
      thpUnknown: 'Bu bilgisayar bunları bildirmiyor.',
      aesFound: 'CPU’da AES komutları var.',
      aesMissing: 'CPU’da AES komutları yok. Onlarsız madencilik çok daha yavaştır.',
      aesFix:
        'Bu bir sanal makineyse CPU türünü “host” yapın. Değilse bu CPU iyi kazmak için fazla eski.',
      aesUnknown: 'Madencilik motoru yüklenemedi, bu yüzden CPU denetlenemedi.',
      jitUsed: 'RandomX programları üretilmiş makine kodu olarak çalışıyor ({{path}}).',
      jitMissing:
        'RandomX programları yorumlanıyor; bu kat kat daha yavaştır. Ya sistem üretilmiş kodu yasaklıyor ya da bu CPU desteklenmiyor.',
      jitFix: 'Güvenlik yazılımınızda bu uygulamanın üretilmiş kod çalıştırmasına izin verin.',
      jitUnknown: 'Madencilik başlayınca belli olur.',
      poolNone: 'Henüz havuz seçilmedi.',
      poolPractice: 'Alıştırma havuzu bu uygulamanın içinde.',
      nameFound: '{{host}} bulundu.',
      nameNotFound: '{{host}} adı sorgulanamadı.',
      nameFix: 'Havuz adresinin yazımını ve internet bağlantınızı denetleyin.',
      nameByProxy: '{{host}} adını proxy sorguluyor.',
      nameNotAsked: '{{host}} adı sorgulanmadı: uygulama bunu yalnızca kazarken yapar.',
      tlsUsed: 'Bağlantı şifreli.',
      tlsNotNeeded: 'Bağlantı bu bilgisayardan hiç çıkmaz.',
      tlsByTor: 'Onion adresine bağlantıyı Tor şifreler.',
      tlsMissing:
        'Bağlantı şifreli değil. Havuzla aranızdaki herkes adresinizi okuyabilir ve paylarınızı başka yere yönlendirebilir.',
      tlsFix: 'Varsa havuzun TLS portunu kullanın.',
      tlsMissingToNode:
        'Düğüme bağlantı şifreli değil. Düğümle aranızdaki herkes ödüllerinizi başka yere yönlendirebilir.',
      tlsFixOfNode: 'Düğüme TLS ile bağlanın ya da onu bu bilgisayarda çalıştırın.',
      clockKept: 'Bir zaman sunucusu saati doğru tutuyor.',
      clockBehind: 'Saat aylarca ya da yıllarca geri.',
      clockAlone: 'Saati doğru tutan bir zaman sunucusu yok.',
      clockFix:
        'Sisteminizin ayarlarında otomatik saati açın. Sertifikalar ve geçmiş doğru saat ister.',
      clockUnknown:
        'Saat makul görünüyor. Bu sistem, bir zaman sunucusunun onu doğru tutup tutmadığını bildirmiyor.',
      virtualNo: 'This computer is not a virtual machine.', // untranslated
      virtualYes:
        'This is a virtual machine. Mining in one needs the CPU type “host”, and huge pages on the host help most.', // untranslated
      virtualUnknown: 'This computer does not report whether it is a virtual machine.', // untranslated
      numaOne: 'All of the memory is equally close to the CPU.', // untranslated
      numaMany:
        'This computer has {{nodes, integer}} memory nodes. Each gets its own copy of the dataset where there is room for it.', // untranslated
      numaUnknown: 'The mining engine could not be loaded, so the memory layout is not known.', // untranslated
      temperatureKnown:
        'The CPU’s temperature can be read, so mining can step down when it gets hot.', // untranslated
      temperatureUnknown:
        'The CPU’s temperature cannot be read here, so mining cannot step down when it gets hot.', // untranslated
      energyKnown: 'The CPU reports how much power it draws.', // untranslated
      energyUnknown:
        'The power that the CPU draws cannot be read here. Type it in under Settings to see costs.', // untranslated
      antivirusRare: 'Antivirus programs rarely interfere on this system.', // untranslated
      antivirusLikely:
        'Antivirus programs often take miners for a threat, even those you installed yourself. If yours blocks this app, check its files under About, then allow this folder: {{folder}}.', // untranslated
      batteryKnown:
        'Sistem pille çalışıp çalışmadığını bildiriyor, bu yüzden “Pildeyken duraklat” işe yarar.',
      batteryUnknown: 'Pil bulunamadı, bu yüzden “Pildeyken duraklat” etkisiz.',
      idleKnown: 'Sistem bilgisayarın kullanılıp kullanılmadığını bildiriyor.',
      idleUnknown: 'Bu masaüstü bilgisayarın kullanılıp kullanılmadığını bildirmiyor.',
      trayShown: 'Masaüstü tepsi simgelerini gösteriyor.',
      trayMissing: 'Masaüstü tepsi simgelerini göstermiyor, bu yüzden kazarken pencere açık kalır.',
      trayFix:
        'GNOME’da “AppIndicator and KStatusNotifierItem Support” uzantısını kurun, sonra yeniden oturum açın. Pencere bundan sonra kazarken gizlenebilir. Debian ve Ubuntu’da:',
    },
    report: {
      title: 'Ibctminer {{version}}, {{platform}}',
      cpu: 'CPU: {{name}}',
      state: 'Durum: {{why}}',
    },
  },
  about: {
    lead: 'Kendi CPU’nuzla Monero madenciliği. Siz Başlat’a basmadan hiçbir şey çalışmaz.',
    version: 'Sürüm {{version}}',
    fee: '%0 komisyon',
    versions: 'Sürümler',
    application: 'Ibctminer',
    electron: 'Electron',
    chrome: 'Chromium',
    node: 'Node.js',
    platform: 'Sistem',
    library: 'Yerel kitaplık (SHA-256)',
    libraryNone: 'Yüklenmedi',
    settingsFolder: 'Ayar klasörü',
    oldElectron:
      'Bu derleme, artık güvenlik düzeltmesi almayan Electron {{version}} ile çalışıyor: derlenirken resmî olanı indirilemedi. Geliştirme ve test içindir. Başkasına vermeyin.',
    trust: 'Sözlerimiz',
    rules: {
      start:
        'Siz kabul edip Başlat’a basmadan hiçbir hash hesaplanmaz. O zamana kadar bir havuza yalnızca siz denediğinizde ya da ölçtüğünüzde bağlanılır.',
      visible: 'Kazarken, uygulamanın kendi adıyla bir pencere ya da tepsi simgesi görünür.',
      fee: 'Kendi adresiniz için kazarsınız. Komisyon %0.',
      practice: 'Alıştırma ve ölçümler kimseye iş göndermez.',
      // untranslated
      rights:
        'It never gives itself administrator rights. It shows the commands that need them, and runs one only when you press Run command and the system’s own prompt allows it.',
      system: 'Sürücü yüklemez, virüs koruması ve güç ayarlarını değiştirmez.',
      updates: 'Haberiniz olmadan program indirmez.',
      quit: 'Çıkınca arkada hiçbir süreç kalmaz.',
      privacy: 'Günlüklerde ve raporlarda adresiniz yer almaz. Telemetri yok.',
    },
    files: 'Bu dosyalar özgün mü?',
    filesHint:
      'Bu uygulamanın her dosyasını, yayımlanırken imzalanan listeyle karşılaştırır. Hiçbir şey gönderilmez.',
    filesCompare: 'Karşılaştır',
    filesComparing: 'Karşılaştırılıyor…',
    filesUnsigned:
      'Bu derleme, geliştirme derlemeleri gibi, imzalı liste olmadan geldi. Neyden yapıldığı söylenemez.',
    filesSame_one: '{{count}} dosya yayımlandığı gibi ({{signedAs}}).',
    filesSame_other: '{{count}} dosyanın hepsi yayımlandığı gibi ({{signedAs}}).',
    filesDiffer:
      'Bu dosyalar yayımlandıkları gibi değil. Uygulamayı güvendiğiniz bir kaynaktan yeniden kurun.',
    filesChanged: 'Değişmiş: {{files}}',
    filesMissing: 'Eksik: {{files}}',
    filesAdded: 'Bizden değil: {{files}}',
    filesOutside:
      'Değiştirilmiş bir program kendisi hakkında yalan söyleyebilir. Dışarıdan, web sayfasındaki anahtarla:',
    licences: 'Lisanslar',
    licence: 'Ibctminer, MIT lisanslı özgür yazılımdır.',
    builtWith: 'Şunlarla yapıldı',
    links: 'Daha fazla bilgi',
    howMiningWorks: 'Madencilik nasıl çalışır',
    hugePages: 'Huge page nedir',
    source: 'Kaynak kodu',
    getWallet: 'Cüzdan edinin',
  },
  connections: {
    title: 'Bağlantılar',
    hint: 'Uygulamanın bağlandığı ya da dinlediği her şey. Aralarındaki adlar sisteminizin ad sunucusuna sorulur. Başka hiçbir yerle bağlantı kurulmaz.',
    purpose: 'Ne için',
    place: 'Nerede',
    last: 'Son açılış',
    bytes: 'Sent / received', // untranslated
    bytesHint: 'Bytes are counted since launch, encryption included.', // untranslated
    state: 'Şimdi',
    never: 'Açılıştan beri yok',
    on: 'Açık',
    off: 'Kapalı',
    anyPort: '{{host}}, herhangi bir boş port',
    purposes: {
      pool: 'Havuz: iş ve paylar, cüzdan adresinizle. Siz kazarken ve denediğinizde.',
      node: 'Düğüm: kazılacak bloklar, cüzdan adresinizle. Siz kazarken ve denediğinizde.',
      nodeNews: 'Düğüm: blok haberleri, siz kazarken.',
      latency:
        'Bilinen havuz: gecikmesini ölçmek için bağlanılır ve ayrılınır. Hiçbir şey gönderilmez. Siz istediğinizde.',
      account:
        'Havuzun web API’si: oradaki bakiyeniz, cüzdan adresinizle sorulur. Siz açtıysanız, kazarken ya da ona bakarken beş dakikada bir.',
      practice: 'Uygulamanın içindeki alıştırma havuzu. Siz alıştırma yaparken.',
      updates:
        'Yeni sürümler: iki küçük dosya, sizinle ilgili hiçbir şey yok. Ayarlar’da açıksa günde bir kez. Programın kendisi, İndir’e bastığınızda.',
      api: 'İzleme API’si: bu bilgisayardaki programlar sorar, uygulama yanıtlar. Ayarlar’da açıksa.',
    },
  },
  uninstall: {
    title: 'Kaldırma',
    hint: 'Uygulamanın bu bilgisayarda oluşturduğu her şeyi gösterir, tutmadıklarınızı siler.',
    open: 'Kaldır…',
    askTitle: 'Ibctminer kaldırılsın mı?',
    askText:
      'Uygulamanın bu bilgisayarda oluşturduğu her şey bu. Madencilik durur ve tutmadıklarınız kalıcı olarak silinir. Paranız güvende: bu uygulamada değil, cüzdanınızda.',
    nothing: 'Uygulama bu bilgisayara hiçbir şey yazmamış.',
    made: {
      settings: 'Ayarlar, cüzdan adresi ve havuzlar',
      history: 'Madencilik geçmişi',
      logs: 'Günlükler',
      tuning: 'Performans ölçümleri',
      marker: 'Madenciliğin açık olduğu notu',
      window: 'Pencerenin boyutu ve yeri',
      loginItem: 'Oturum açılışında açılma',
      browser: 'Pencerenin önbelleği',
      lock: 'Uygulamanın çalıştığı notu',
      update: 'Daha yeni sürüm, indirilmiş',
      folder: 'Uygulamanın klasörü',
    },
    keep: {
      settings: 'Ayarlar, cüzdan adresi ve havuzlar kalsın',
      history: 'Geçmiş kalsın',
      tuning: 'Performans ölçümleri kalsın (terminal madencisi de kullanır)',
    },
    foreign: 'Uygulamanın oluşturmadığı, bu yüzden dokunulmayanlar: {{names}}',
    confirm: 'Madenciliği durdur ve kaldır',
    removing: 'Kaldırılıyor…',
    doneTitle: 'Ibctminer temizliği bitirdi',
    partlyTitle: 'Her şey kaldırılamadı',
    doneText: 'Şimdi çıkın; başka bir şey yaparsanız bir kısmı yeniden yazılır.',
    fates: {
      removed: 'Kaldırıldı',
      kept: 'Tutuldu',
      atQuit: 'Çıkınca silinir',
      afterQuit: 'Çıktıktan sonra silin',
      failed: 'Kaldırılamadı: {{problem}}',
    },
    programTitle: 'Programın kendisi',
    program: {
      deb: 'Sisteminizin paket yöneticisi kurdu. Şununla kaldırın:',
      appImage: 'Tek bir dosyadır. Şununla silin:',
      folder: 'Arşivden çıkardığınız klasördür. Şununla silin:',
      nsis: 'Windows’ta “Yüklü uygulamalar” altından ya da şununla kaldırın:',
      mac: 'Çöp Sepeti’ne taşıyın ya da şununla silin:',
      source: 'Kaynak ağacından çalışıyor. Onu şununla silin:',
    },
    hugePagesTitle: 'Huge page',
    // untranslated
    hugePages_one:
      '{{count}} huge page is reserved. The app never does that without being asked. If it was for mining, undo it with:',
    // untranslated
    hugePages_other:
      '{{count}} huge pages are reserved. The app never does that without being asked. If it was for mining, undo it with:',
    quit: 'Çık',
  },
  close: {
    title: 'Ibctminer kapatılsın mı?',
    mining: 'Madencilik, tepside bir simgeyle arka planda sürebilir.',
    idle: 'Uygulama tepside kalabilir. Şu an kazmıyor.',
    noTray:
      'Bu masaüstünde sistem tepsisi yok, bu yüzden uygulama arka planda çalışmayı sürdüremez.',
    background: 'Arka planda çalışmayı sürdür',
    quit: 'Çık',
    quitMining: 'Madenciliği durdur ve çık',
    remember: 'Seçimimi anımsa',
  },
  problem: {
    internal: 'Uygulamanın içinde bir şeyler ters gitti: {{reason}}',
    poolUrlEmpty: 'Bir havuz adresi girin, örneğin pool.example.com:3333.',
    poolUrlWebPage:
      '{{scheme}}:// bir web sayfasıdır. Orada havuzun madencilik portunun adresini arayın, örneğin pool.example.com:3333. Kendi monerod’unuz için daemon+http://host:port yazın.',
    poolUrlScheme:
      '{{scheme}}:// desteklenmiyor. host:port, stratum+tcp://host:port ya da stratum+ssl://host:port yazın.',
    poolUrlHost: '“{{host}}” geçerli bir sunucu adı ya da adresi değil. Yazımını denetleyin.',
    poolUrlHostMissing: 'Sunucu adı eksik. host:port yazın, örneğin pool.example.com:3333.',
    poolUrlBrackets: 'IPv6 adresini köşeli ayraç içine alın: [{{address}}]:3333.',
    poolUrlPort: '“{{port}}” geçerli bir port değil. Portlar 1 ile 65535 arasında sayılardır.',
    poolUrlPortMissing: 'Port eksik. host:port yazın, örneğin pool.example.com:3333.',
    poolUrlLogin:
      'Adresi kullanıcı adı olmadan yazın: {{place}}. Kullanıcı adının kendi alanı var (terminalde --login ve --pass).',
    connectionTimedOut:
      '{{place}} zamanında yanıt vermedi. Sunucu adını, portu ve internet bağlantınızı denetleyin.',
    connectionRefused: '{{place}} bağlantıyı reddetti. Portu denetleyin.',
    connectionFailed:
      '{{place}} adresine ulaşılamadı ({{reason}}). Sunucu adını, portu ve internet bağlantınızı denetleyin.',
    hostUnreachable: '{{place}} adresine buradan ulaşılamıyor. İnternet bağlantınızı denetleyin.',
    hostNotFound: '{{host}} bulunamadı. Yazımını denetleyin.',
    nameServersSilent:
      '{{host}} adı sorgulanamadı: hiçbir ad sunucusu yanıt vermedi. İnternet bağlantınızı denetleyin.',
    proxyUnreachable: 'Proxy kullanılamadı. {{why}}',
    proxyFailed:
      'Proxy {{place}} adresine ulaşamadı ({{reason}}). Havuzun adresini ve proxy’nin günlüğünü denetleyin.',
    tlsFailed:
      '{{place}} TLS ile yanıt vermedi. TLS’yi kapatın ya da havuzun TLS portunu kullanın.',
    tlsExpected: 'Bu bir TLS portu. Bu havuz için TLS’yi açın.',
    certificateNotTrusted:
      'Sertifika güvenilir değil. {{why}} Yalnızca parmak izinin {{fingerprint}} olduğunu biliyorsanız güvenin ya da başka bir havuz seçin.',
    certificateNotPinned:
      'Sertifika, sabitlediğiniz sertifika değil: beklenen {{pinned}}, bulunan {{found}}. Biri araya girmiş olabilir. Yeni bir sertifika duyurulduysa onu sabitleyin.',
    certificateChanged:
      'Sertifika değişti: önceki {{first}}, şimdiki {{found}}; bilinen hiçbir kurum yenisine kefil değil. Biri araya girmiş olabilir. Kendi P2Pool’unuzu yeniden başlattıysanız, ona güvenmek için madenciliği yeniden başlatın.',
    certificateExpired: 'Süresi {{day}} tarihinde doldu.',
    certificateNotYetValid:
      '{{day}} tarihinden önce geçerli değil. Bu bilgisayarın saatini denetleyin.',
    certificateSelfSigned: 'Kendinden imzalı.',
    certificateUnknownAuthority: 'Bu bilgisayarın tanıdığı hiçbir kurum ona kefil değil.',
    certificateOfAnother: '{{names}} için verilmiş, {{name}} için değil.',
    certificateUnverified: 'Doğrulanamadı ({{reason}}).',
    loginTimedOut: 'Havuz, giriş isteğine {{waitMs, duration}} içinde yanıt vermedi.',
    loginTooLong: 'Kullanıcı adı, parola ve rig adı birlikte çok uzun. Kısaltın.',
    loginMalformed: 'Havuz girişi kabul etti, ama oturum kimliği vermedi.',
    sessionIdTooLong: 'Havuzun oturum kimliği geri gönderilemeyecek kadar uzun.',
    loginRefused:
      'Havuz girişi reddetti: “{{said}}”. Cüzdan adresini ve havuzun ayarlarını denetleyin.',
    loginFailed: 'Havuz girişi reddetti: “{{said}}”.',
    loginFailedSilently: 'Havuz girişi neden göstermeden reddetti.',
    poolNotReady: 'Havuz şu an girişi kabul edemiyor: “{{said}}”.',
    banned: 'Havuz bu bilgisayarı bir süreliğine yasakladı: “{{said}}”.',
    sessionLost: 'Havuz bu oturumu unuttu: “{{said}}”.',
    noJob: 'Havuz girişi kabul etti, ama {{waitMs, duration}} içinde iş göndermedi.',
    noJobForLong: 'Havuz {{waitMs, roughly}} süredir iş göndermedi.',
    sharesUnanswered_one: 'Havuz son paya yanıt vermedi.',
    sharesUnanswered_other: 'Havuz son {{count}} paya yanıt vermedi.',
    noShareCounts_one: 'Son pay sayılmadı. {{why}}',
    noShareCounts_other: 'Son {{count}} payın hiçbiri sayılmadı. {{why}}',
    sharesRefusedForNow:
      'Üst üste beş pay reddedildi. {{why}} Uygulama bu havuzu daha sonra yeniden dener.',
    sharesRefused:
      'Üst üste beş pay reddedildi. {{why}} Bu havuzda madencilik durdu, çünkü bu bilgisayarın sonuçları yanlış olabilir. Hız aşırtma varsa geri alın ya da başka bir havuz deneyin.',
    poolNotReading: 'Havuz kendisine gönderileni okumayı bıraktı.',
    tooMuchData:
      'Havuz, bir havuzun göndermesi gerekenden çok daha fazla veri gönderiyor. Portu denetleyin.',
    lineTooLong: 'Havuz sonu gelmeyen bir satır gönderdi. Portu denetleyin.',
    notStratum: 'Havuz Stratum protokolünü konuşmuyor. Portu denetleyin.',
    webServer: 'Bu port bir web sunucusuna ait. Havuzun madencilik portunu arayın.',
    closed: 'Havuz bağlantıyı kapattı.',
    closedAtOnce: 'Havuz bağlantıyı yanıt vermeden kapattı.',
    closedAtOnceTlsPerhaps:
      'Havuz bağlantıyı yanıt vermeden kapattı. Bu bir TLS portuysa bu havuz için TLS’yi açın.',
    connectionBroken: 'Havuz bağlantıyı kopardı.',
    connectionDied: 'Bağlantı öldü: havuz yanıt vermeyi bıraktı.',
    connectionEnded: 'Bağlantı sona erdi ({{reason}}).',
    connectionRenewed: 'Bilgisayar uykudaydı ya da ağı değişti. Yeniden bağlanılıyor.',
    jobMalformed: 'Havuz, {{member}} alanı eksik ya da bozuk bir iş gönderdi. Yok sayıldı.',
    jobsMalformed: 'Havuz bozuk işler gönderiyor. {{why}}',
    jobIdTooLong: 'Havuz, kimliği geri gönderilemeyecek kadar uzun bir iş gönderdi.',
    algorithmUnknown:
      'Havuz “{{said}}” için bir iş gönderdi; bu, Monero’nun algoritması değil. Başka bir havuz ya da port seçin.',
    algorithmNotWanted:
      'Havuz {{algorithm}} için bir iş gönderdi, ama yalnızca {{wanted}} kazılabilir. Başka bir havuz ya da port seçin.',
    blockVersionUnknown:
      'Havuz, bu uygulamanın kazamayacağı {{version}} sürümünde bir blok gönderdi. Başka bir havuz ya da port seçin.',
    blockLayoutUnknown:
      'Havuz, düzeni bilinmeyen bir blok gönderdi. Başka bir havuz ya da port seçin ya da bu uygulamanın güncellemesine bakın.',
    seedHashMissing:
      'Havuz, seed hash’i olmayan bir RandomX işi gönderdi; bunu kimse kazamaz. Başka bir havuz ya da port seçin.',
    jobGone: 'Bu payın işi daha önceki bir bağlantıya ait.',
    jobWithdrawn: 'Havuz bu payın işini, kazılamayan bir işle değiştirdi.',
    difficultyRaised: 'Havuz bu arada bu işin zorluğunu yükseltti.',
    blockChanged: 'Pay bulunmadan önce havuz başka bir bloğa geçti.',
    shareBelowTarget: 'Motor, hedefini tutmayan bir pay buldu. Gönderilmedi.',
    shareNonceDiffers: 'Payın nonce’u blob’undakinden farklı. Gönderilmedi.',
    shareNonceReserved: 'Payın nonce’u havuza ayrılmış bir bayt kullanıyor. Gönderilmedi.',
    shareRepeated: 'Aynı pay iki kez bulundu. Bir kez gönderildi.',
    tooManyShares: 'Havuz pay başına o kadar az iş istiyor ki bu pay gönderilmedi.',
    notConnected: 'Payı gönderecek bağlantı yoktu.',
    shareUnanswered: 'Havuz bu paya bir dakika içinde yanıt vermedi.',
    shareCutOff: 'Havuz bu paya yanıt vermeden bağlantı sona erdi.',
    poolLeft: 'Havuz bu paya yanıt vermeden uygulama havuzdan ayrıldı.',
    shareLate: 'Pay havuza çok geç ulaştı: “{{said}}”.',
    shareRefused: 'Havuz bir payı reddetti: “{{said}}”.',
    shareRefusedSilently: 'Havuz bir payı neden göstermeden reddetti.',
    poolGivesNoWork: 'Bu havuz iş vermiyor, ama listenizdeki bir başkası veriyor.',
    earlierPoolWorks: 'Listenizde daha üstte olan bir havuz yeniden çalışıyor.',
    noPoolLeft: 'Listedeki hiçbir havuz çalışmıyor. {{why}}',
    nodeUrlEmpty: 'Bir monerod adresi girin, örneğin 127.0.0.1:18081.',
    nodeUrlScheme:
      'monerod’a {{scheme}}:// ile ulaşılamaz. host:port, http://host:port ya da https://host:port yazın.',
    nodeUrlLogin:
      'Bu adresteki oturum bilgisi okunamıyor. user:password@host:port yazın; @ için %40, : için %3A, / için %2F ve % için %25 kullanın.',
    nodeUrlPath: 'Düğüm adresinden sonraki “{{path}}” geçerli bir yol değil. Çıkarın.',
    nodeUrlQuery:
      '“{{query}}” desteklenmiyor. Adresten sonra yalnızca ?zmq=PORT gelebilir; bu, monerod’un --zmq-pub portudur.',
    nodeLoginNeeded:
      'Düğüm kimlik doğrulama istiyor. --rpc-login ile verilen kullanıcı adını ve parolayı girin.',
    nodeLoginRefused: 'Düğüm kullanıcı adını ya da parolayı reddetti. İkisini de denetleyin.',
    nodeLoginUnknown: 'Düğümün önündeki sunucu, desteklenmeyen türde bir kimlik doğrulama istiyor.',
    nodeLoginInClear:
      'Düğümün önündeki sunucu parolayı düz metin olarak istiyor. Kimse okuyamasın diye TLS (https://) kullanın.',
    nodeRefused: 'Düğümün yanıtı: “{{said}}”.',
    nodeHttpStatus:
      'Düğüm HTTP {{status}} durumuyla yanıt verdi. Bunun monerod’un RPC portu olduğunu, varsa yolu da denetleyin.',
    nodeNotMonerod:
      'Orada yanıt veren monerod değil (sorulan: {{asked}}). Bunun onun RPC portu olduğunu denetleyin.',
    nodeAnswerTooLong: 'Düğümün yanıtı çok uzun. Bunun monerod’un RPC portu olduğunu denetleyin.',
    nodeTimeout: 'Düğüm {{limitMs, duration}} içinde yanıt vermedi.',
    nodeClosed:
      '{{place}} bağlantıyı yanıt vermeden kapattı. monerod’un çalıştığını ve bunun onun RPC portu olduğunu denetleyin. TLS (https://) de istiyor olabilir.',
    nodeNotHttp:
      '{{place}} HTTP konuşmuyor. Bunun monerod’un RPC portu olduğunu denetleyin. TLS (https://) de istiyor olabilir.',
    nodeConnectionLost: '{{place}} ile bağlantı kurulamadı ya da koptu ({{reason}}).',
    nodeWrongNetwork:
      'Düğüm {{nodeNetwork}} ağında, cüzdan adresi ise {{network}} ağında. O ağın bir düğümünü kullanın.',
    nodeSyncing: 'Düğüm hâlâ eşitleniyor. Bitince madencilik kendiliğinden başlar.',
    nodeSyncingAt:
      'Düğüm hâlâ eşitleniyor (blok {{height, integer}} / {{target, integer}}). Bitince madencilik kendiliğinden başlar.',
    nodeUntrusted:
      'Düğüm hâlâ eşitleniyor ve başka bir düğümün dediğini aktarıyor; bu yüzden blok yayımlayamaz. Bitince madencilik kendiliğinden başlar.',
    nodeAddressRefused: 'Düğüm bu cüzdan adresini kabul etmiyor. Adresi denetleyin.',
    nodeSubaddress: 'Solo madencilik, 4 ile başlayan bir ana adres ister. Bu bir alt adres.',
    nodeIntegrated:
      'A node drops the payment ID of an integrated address, so nobody could tell whom a reward is for. Solo mining needs a primary address.', // untranslated
    nodeOldBlock:
      'Düğüm, RandomX öncesinden {{version}} sürümünde bir blok istiyor. Düğümün eşitlendiğini denetleyin.',
    nodeUnknownLayout:
      'Düğüm, düzeni bilinmeyen bir blok istiyor (sürüm {{version}}). Bu uygulamanın güncellemesine bakın.',
    nodeOtherAlgorithm: 'Düğüm {{algorithm}} istiyor, ama yalnızca {{only}} kazılabilir.',
    nodeUnproven:
      '{{host}} adresinin sizin düğümünüz olduğunu hiçbir şey kanıtlamıyor. Aradaki herkes, başkasına kazandıran iş dağıtabilir. Güvendiğiniz bir sertifikayla TLS kullanın.',
    nodeNoPublisher: '{{place}}, monerod’un ZMQ yayıncısı değil.',
    nodeNotAnnouncing:
      'Düğüm yeni blokları duyurmuyor, bu yüzden uygulama saniyede bir soruyor. monerod’un --zmq-pub seçeneğini denetleyin. {{reason}}',
    blockSuperseded: 'Zincirde, bu çözümün üzerine kurulduğundan daha yeni bir blok var.',
    blockTemplateUsed: 'Bu bloğun zaten bir çözümü var. İkincisi zincire giremez.',
    blockTooEasy: 'Hash, bloğun zorluğuna ulaşmıyor.',
    blockOrphaned: 'Aynı yükseklikte başka bir blok önce geldi.',
    blockMissing: 'Düğüm bloğu kabul etti, ama blok onda yok.',
    blockUndelivered: 'Blok çok geç olmadan teslim edilemedi. {{reason}}',
    blockUnanswered: 'Düğüm bu çözüme yanıt vermeden uygulama düğümden ayrıldı.',
    practiceNoServer: 'Alıştırma havuzu bu bilgisayarda başlatılamadı: {{reason}}.',
    addressMissing: 'Monero adresinizi girin.',
    addressOtherCoin:
      'Bu, bir {{coin}} adresine benziyor. 4 ya da 8 ile başlayan bir Monero adresi girin.',
    addressIsSecret:
      'Bu, kurtarma kelimelerine ya da gizli bir anahtara benziyor. Bunu asla kimseye vermeyin: eline geçiren paranızı alabilir. Cüzdanınızın 4 ya da 8 ile başlayan adresini girin.',
    addressIsName:
      '“{{name}}” bir ad, adres değil. Uygulama adları sorgulamaz. Cüzdanınızın gösterdiği Monero adresinin kendisini girin.',
    addressWithMail:
      'Bu, ardından bir worker adı ya da e-posta adresi gelen bir adres. Yalnızca adresi girin. Havuz kullanıcı adında daha fazlasını istiyorsa kullanıcı adı alanını kullanın (terminalde --login).',
    addressGap_one:
      'İlk karakterden sonra boşluk ya da satır sonu var. Adresi tek parça olarak yeniden kopyalayın.',
    addressGap_other:
      '{{count}}. karakterden sonra boşluk ya da satır sonu var. Adresi tek parça olarak yeniden kopyalayın.',
    addressForeign:
      '{{position}}. karakter yanlış: “{{character}}” bir Monero adresinde hiç bulunmaz. Adresi yeniden kopyalayın.',
    addressInvisible:
      '{{position}}. karakter görünmez ({{character}}) ve bir adreste yeri yok. Adresi, çevresinde hiçbir şey olmadan yeniden kopyalayın.',
    addressTooShort_one:
      'Bir karakter eksik: adres 95 karakterdir. Adresin tamamını yeniden kopyalayın.',
    addressTooShort_other:
      'Bu, bir Monero adresi için çok kısa: 95 karakterden {{count}} tanesi eksik. Adresin tamamını yeniden kopyalayın.',
    addressOneTooMany:
      'Bir karakter fazla: adres 95 karakterdir. Adresin tamamını yeniden kopyalayın.',
    addressTooLong:
      'Bu, {{length}} karakter. Monero adresi 95, tümleşik adres 106 karakterdir. Adresin tamamını yeniden kopyalayın.',
    addressWrongCharacter:
      'Bir karakter yanlış: {{position}}. sıradaki. Adresi cüzdanınızdan yeniden kopyalayın.',
    addressSwapped:
      'Yan yana iki karakter yer değiştirmiş: {{first}}. ve {{second}}. sıradakiler. Adresi cüzdanınızdan yeniden kopyalayın.',
    addressChecksum:
      'Bu adresin bazı karakterleri yanlış: sağlama toplamı tutmuyor. Adresi cüzdanınızdan yeniden kopyalayın.',
    addressUnknownKind:
      'Sağlama toplamı doğru olsa da bu bir Monero adresi değil. Adresi cüzdanınızdan yeniden kopyalayın.',
    addressTestNetwork:
      'Bu, gerçek para tutmayan bir {{network}} adresi. Monero’nun ana ağından bir adres girin.',
    addressWrongNetwork: 'Bu bir {{network}} adresi. Bir {{wanted}} adresi girin.',
    addressLinkOfWallet:
      'Bu bağlantı bir cüzdanın anahtarlarını içeriyor. Asla hiçbir yere yapıştırmayın. Yalnızca 4 ya da 8 ile başlayan adresi girin.',
    addressLinkMalformed:
      'Bu ödeme bağlantısı okunamıyor. Yalnızca 4 ya da 8 ile başlayan adresi girin.',
    addressLinkPaymentId:
      'Bu ödeme bağlantısında, madenciliğin iletemeyeceği bir ödeme kimliği (payment ID) var; ödülleriniz kaybolabilir. Kendi cüzdanınızın adresini kullanın.',
    pictureUnreadable: 'Resim okunamadı: {{reason}}. Başka bir resim seçin.',
    pictureTooLarge:
      'Bu resim çok büyük: sınır 10 MB ve 40 megapiksel. QR koduna göre kırpıp yeniden deneyin.',
    pictureUnknown:
      'Bu bir PNG ya da JPEG resmi değil ya da bozuk. QR kodunu bunlardan biri olarak kaydedip yeniden deneyin.',
    pictureWithoutQr:
      'Bu resimde QR kodu bulunamadı. QR koduna göre kırpın ya da adresi yapıştırın.',
    walletRig: 'Noktadan sonraki rig adı 1 ile 31 arası harf, rakam, “-” ve “_” içerebilir.',
    walletDifficulty:
      '“+” işaretinden sonra pay zorluğunu tam sayı olarak yazın, örneğin ADRES+10000.',
    engineMissing:
      'Madencilik motoru eksik. Uygulamayı yeniden kurun ya da depoda “npm run set-up” çalıştırın.',
    engineChanged:
      'Madencilik motoru derlendikten sonra değiştirilmiş, bu yüzden yüklenmedi. Uygulamayı yeniden kurun ya da depoda “npm run set-up” çalıştırın.',
    engineOutOfMemory:
      'Yeterli boş bellek yok. Hafif mod yaklaşık 256 MiB, hızlı mod yaklaşık 2,3 GiB ister. Başka programları kapatın, sonra yeniden başlatın.',
    enginePagesUnavailable: 'Sistemde istenen boyutta yeterli bellek sayfası yok. “auto” seçin.',
    engineSelfTestFailed:
      'Motor öz testinde yanlış bir hash hesapladı, bu yüzden kazmıyor. Bunu CPU modelinizle birlikte bildirin.',
    engineThreadRefused: 'Sistem bir thread daha vermedi. Daha az thread seçin.',
    engineCpuUnsupported: 'Bu CPU’da motorun gerektirdiği bir komut kümesi yok.',
    engineAlgorithmUnknown: 'Motorun bu sürümü algoritmayı tanımıyor. Uygulamayı güncelleyin.',
    engineFault: 'Madencilik motoru başarısız oldu: {{reason}}',
    engineWarning: 'Madencilik motoru çalışmayı sürdürüyor, ama şunu bildiriyor: {{reason}}',
    fastModeNeedsMemory:
      'Hızlı mod yaklaşık 2,3 GiB boş bellek ister; bu bilgisayarda şu an bu kadar yok. Madencilik birkaç kat daha yavaş olan hafif modda sürüyor.',
    fastPathWrong:
      'Hızlı hash yöntemlerinden biri öz testte yanlış bir hash hesapladı ve kullanılmıyor. Bunu CPU modelinizle birlikte bildirin.',
    generatedCodeForbidden:
      'Sistem üretilmiş kodu yasaklıyor, bu yüzden çok daha yavaş olan yorumlayıcı kullanılıyor. Güvenlik yazılımınızda bu uygulamanın üretilmiş kod çalıştırmasına izin verin.',
    wrongShare:
      'Bir pay yeniden hesaplanınca yanlış çıktı, bu yüzden gönderilmedi. CPU ya da bellek kararsız: hız aşırtma varsa geri alın ve sıcaklığı denetleyin.',
    // untranslated
    shareUnchecked:
      'A share was found, but too little memory was free to check it, so it was not sent. Close other programs.',
    // untranslated
    keyWaits:
      'Too little memory is free for the network’s new key. Mining goes on by itself as soon as about 256 MiB are free. Close other programs.',
    // untranslated
    fewerThreads:
      'The system refused some of the threads or their memory. Mining goes on with the others.',
    uncleanExit:
      'Otomatik başlatılmadı: Ibctminer geçen sefer düzgün sonlanmadı. Kazmak için Başlat’a basın.',
    noPlan: 'Henüz üzerinde kazılacak bir şey yok. Önce bir havuz ya da alıştırmayı seçin.',
    noJobYet: 'Giriş yapıldı, ilk iş bekleniyor.',
    noncesExhausted: 'Bu işin bütün nonce’ları denendi. Sonraki iş bekleniyor.',
    stalled:
      'Hash thread’leri 10 saniyedir tek bir hash bitirmedi. Bilgisayar çok meşgul olabilir ya da uyumuş olabilir.',
    answerNotAwaited: 'Bu payın yanıtı gelmeden madencilik durdu.',
    consentMissing: 'Önce bu bilgisayarda kazmayı kabul edin.',
    noPool: 'Önce bir havuz ya da alıştırmayı seçin.',
    noWallet: 'Önce ödülleriniz için Monero adresini girin.',
    measuring: 'Bu bilgisayar ölçülüyor. Bitmesini bekleyin ya da ölçümü iptal edin.',
    notStarted: 'Madencilik başlatılamadı. Başlat’a yeniden basın.',
    quitting: 'Ibctminer kapanmak üzere. Kazmak için yeniden açın.',
    miningNow: 'Önce madenciliği durdurun. Ölçümü bozar.',
    oldConsent: 'Metin değişti. Kabul etmeden önce yeniden okuyun.',
    noTrial: 'Tam güç zaten bitti. Sürdürmek için yeniden deneyin.',
    noPermission: 'izin verilmedi',
    diskReadOnly: 'disk salt okunur',
    diskFull: 'disk dolu',
    fileTooLarge: 'dosya aşırı büyük',
    notAFile: 'bu bir dosya değil',
    systemSaid: 'sistemin bildirdiği: {{said}}',
    notJson: 'satır {{line}}, sütun {{column}} geçerli JSON değil',
    settingsWrong: '“{{where}}” yanlış: {{said}}',
    settingsFromNewer: 'bu uygulamanın daha yeni bir sürümü yazmış',
    settingsSetAside:
      'Ayarlarınız okunamadı: {{fault}}. Uygulama yeni ayarlarla başladı ve eski dosyayı {{aside}} olarak sakladı.',
    settingsUnusable:
      '{{file}} içindeki ayarlarınız okunamadı: {{reason}}. Uygulama yeni ayarlarla başladı ve o dosyaya dokunmuyor; bu yüzden değişiklikleriniz yalnızca siz çıkana kadar geçerli. Dosyayı ya da izinlerini düzeltin, sonra uygulamayı yeniden başlatın.',
    settingsNotKept:
      'Ayarlardaki değişiklikleriniz yalnızca siz çıkana kadar geçerli: {{folder}} klasörüne yazılamıyor ({{reason}}).',
    settingsUnwritable:
      'Ayarlar {{file}} dosyasına kaydedilemedi: {{reason}}. Boş alanı ve izinleri denetleyip yeniden deneyin.',
    tuningUnwritable:
      'Ölçüm {{file}} dosyasına kaydedilemedi: {{reason}}. Boş alanı ve izinleri denetleyip yeniden ölçün.',
    historyUnwritable:
      'Geçmiş {{folder}} klasörüne kaydedilemedi: {{reason}}. Madencilik sürüyor ve kaydedilebilene kadar en çok bir günlük geçmiş bellekte kalır.',
    historyUndeletable:
      '{{folder}} klasöründeki geçmiş silinemedi: {{reason}}. Dosyalarının izinlerini denetleyip yeniden deneyin.',
    exportUnwritable:
      'Geçmiş {{file}} dosyasına aktarılamadı: {{reason}}. Başka bir klasör seçin ya da yer açın.',
    logUnwritable:
      'Günlük {{folder}} klasörüne kaydedilemedi: {{reason}}. Madencilik sürüyor ve son satırlar bellekte kalıyor.',
    logUnexportable:
      'Günlük {{file}} dosyasına aktarılamadı: {{reason}}. Başka bir klasör seçin ya da yer açın.',
    folderUnopenable: '{{folder}} klasörü açılamadı: {{said}}.',
    historyDamaged:
      '{{file}} içindeki geçmişin bir bölümü okunamadı ve dışarıda bırakıldı. Gerisi sağlam.',
    addressReplaced:
      'Başka biri ayar dosyasındaki cüzdan adresini değiştirdi. Madencilik, onayladığınız adres için sürüyor.',
    markerUnwritable:
      '{{file}} yazılamadı ({{reason}}). Uygulama kazarken çökerse sonraki açılışta bunu bilemez.',
    markerUnremovable:
      '{{file}} silinemedi ({{reason}}). Sonraki açılışta uygulama çöktüğünü sanacak.',
    badInput: 'Pencere, uygulamanın bilmediği bir şey istedi ({{channel}}: {{reason}}).',
    untrustedSender: 'Bu sayfa Ibctminer’ı yönetemez.',
    placeIsOfNode: 'Bu bir düğüm adresi. Onunla kazmak için “Kendi düğümüm” seçin.',
    placeIsOfPool: 'Bu bir havuz adresi, düğüm adresi değil.',
    loginItemUnwritable:
      'Oturum açılınca açılma ayarı değiştirilemedi ({{reason}}). Sisteminizin ayarlarından değiştirin.',
    optionUnknown: '“{{option}}” bir seçenek değil. Bkz. --help.',
    optionTakesNoValue: '--{{name}} değer almaz.',
    optionNeedsValue: '--{{name}} bir değer ister: --{{name}} {{value}}.',
    optionTwice: '--{{name}} iki kez verildi. Bir kez verin.',
    optionInvalid: '--{{name}}: {{reason}}',
    optionNotWith: '--{{name}}, --{{other}} ile bir arada olmaz. Çıkarın.',
    optionNotWithFile:
      'Dosya, havuzlarını ve kullanıcı adlarını kendisi belirtiyor; bu yüzden --{{name}} onunla olmaz. --pool da verin ya da dosyayı değiştirin.',
    placeMissing:
      'Nerede kazılacağını söyleyin: --pool HOST:PORT, --daemon URL ya da --practice (bkz. --help).',
    placesTooMany: '--{{one}} ve --{{other}} seçeneklerinden birini seçin.',
    nodeLoginInUrl:
      'Düğüm, oturum bilgisini --{{name}} seçeneğinden değil URL içinden alır: --daemon http://USER:PASSWORD@HOST:PORT.',
    poolIsNode: '--pool: “{{url}}” bir monerod adresi. Bunun yerine --daemon kullanın.',
    walletMissingForNode: 'monerod ile kazmak için ödülleri alacak --wallet ADRES gerekir.',
    walletMissingForPool: 'Havuzda kazmak için --wallet ADRES (ya da --login METİN) gerekir.',
    walletAndLogin: '--wallet ya da --login verin, ikisini birden değil.',
    nodeNeedsPrimaryAddress:
      '--wallet: monerod ile kazmak yalnızca bir ana adres ister. 4 ile başlar ve 95 karakterdir.',
    fingerprintInvalid:
      '--tls-fingerprint bir sertifikanın SHA-256 değerini alır: 64 onaltılık basamak.',
    algorithmNeedsPool: '--algo {{algorithm}} için böyle işi olan bir --pool gerekir.',
    threadsInvalid:
      '--threads bu bilgisayarda 1 ile {{most}} arasında bir sayı alır, “{{given}}” değil.',
    choiceInvalid: '--{{name}} şunlardan birini alır: {{choices}}; “{{given}}” değil.',
    durationInvalid: '--duration 0’dan büyük, en çok {{most}} saniye alır, “{{given}}” değil.',
    tuneNotWith: '--tune ölçer, kazmaz; bu yüzden --{{name}} ile olmaz.',
    apiTokenAlone: '--api-token HTTP API içindir. Ona bir port da verin: --api-port N.',
    apiPortInvalid: '--api-port 1 ile 65535 arasında bir sayı alır, “{{given}}” değil.',
    apiTokenInvalid:
      'HTTP API için --api-token METİN gerekir: boşluksuz en az {{least}} ASCII karakter; okuyanlar bunu göndermelidir.',
    configTooLong: '“{{file}}” dosyası bir seçenek listesi olamayacak kadar büyük.',
    configUnreadable: '“{{file}}” dosyası okunamadı: {{reason}}',
    configNotJson:
      '“{{file}}” dosyası geçerli JSON değil (satır {{line}}, sütun {{column}}). Şöyle bir şey yazın: {"practice": true}.',
    configNotAnObject:
      '“{{file}}” dosyası {"practice": true} gibi tek bir nesne içermeli ya da XMRig’in config.json dosyası olmalı.',
    configUnknownOption:
      '“{{file}}” içindeki “{{name}}” bir seçenek değil. --help içindeki adları kullanın.',
    configNoFlag: '“{{file}}” içinde “{{name}}” true ya da false olmalı.',
    configNoText: '“{{file}}” içinde “{{name}}” bir metin olmalı, örneğin {{wanted}}.',
    fileMissing: 'böyle bir dosya yok.',
    fileForbidden: 'okuma izniniz yok.',
    fileIsFolder: 'bu bir klasör.',
    fileFault: 'sistemin bildirdiği: {{code}}.',
    xmrigNoPool: 'XMRig’in dosyasında açık havuz yok.',
    xmrigNoUrl: 'adresi yok.',
    xmrigPoolSkipped: 'XMRig’in dosyasındaki “{{pool}}” havuzu atlandı: {{reason}}',
    xmrigNotOurs: '“{{what}}” burada kazılamaz.',
    xmrigSelfSelect: 'kendi blok şablonlarınızı kazmak (self-select) desteklenmiyor.',
    xmrigPrivateKey:
      'XMRig’in dosyasında özel bir anahtar (spend-secret-key) var. Ibctminer hiçbir zaman özel anahtar okumaz. Onu dosyadan silip yeniden deneyin.',
    xmrigCpuOff:
      'XMRig’in dosyası CPU’da madenciliği kapatıyor; Ibctminer ise başka bir şeyle kazmaz.',
    xmrigIgnored: 'XMRig’in dosyasındaki şu ayarların burada etkisi yok: {{names}}.',
    xmrigDonation: 'XMRig’in bağış düzeyinin etkisi yok: burada bağış da komisyon da yok.',
    xmrigPriority:
      'XMRig’in dosyası ne derse desin, hash thread’leri burada hep en düşük önceliktedir.',
    xmrigMsr:
      'Ibctminer hiçbir zaman CPU yazmaçlarını değiştirmez (wrmsr). XMRig root olarak çalışınca değiştirir ve yüzde birkaç kazanır.',
    xmrigGpu: 'Ibctminer yalnızca CPU’da kazar. OpenCL ve CUDA atlandı.',
    xmrigPauses:
      'Pildeyken ya da bilgisayar kullanılırken duraklama, masaüstü uygulamasının bir özelliğidir.',
    xmrigApiNotLocal:
      'XMRig’in dosyasındaki HTTP API {{host}} adresini dinliyor. Burada yalnızca bu bilgisayara yanıt verir, bu yüzden kapalı kalıyor. --api-port kullanın.',
    xmrigApiToken:
      'XMRig’in dosyasındaki HTTP API’nin en az {{least}} karakterlik erişim belirteci yok, bu yüzden kapalı kalıyor. --api-port ve --api-token kullanın.',
    xmrigApiReadOnly: 'HTTP API burada salt okunurdur.',
    apiPortTaken: '{{port}} portu zaten kullanılıyor. HTTP API için başka bir port seçin.',
    apiCannotListen: 'HTTP API {{port}} portunu dinleyemedi ({{reason}}). Başka bir port seçin.',
    releaseKeyNone: 'Bu derlemede yayın anahtarı yok, bu yüzden neyin özgün olduğunu söyleyemez.',
    signatureUnreadable: 'İmza okunamıyor, bu yüzden kapsadığı hiçbir şeye güvenilmiyor.',
    signatureForeign: 'Dosya Ibctminer’ın bir anahtarıyla imzalanmamış, bu yüzden güvenilmiyor.',
    signatureWrong: 'İmza tutmuyor: dosya imzalandıktan sonra değiştirilmiş.',
    releaseUnreadable: 'Sunucunun en yeni sürüm hakkında bildirdiği okunamıyor.',
    fileListForeign: 'Dosya listesi imzalı, ama bu sürümün listesi değil.',
    comparingNeedsMemory:
      'Karşılaştırma için iki dataset’e yetecek 5 GiB boş bellek gerekir; boş olan {{bytes, gibibytes}}. Başka programları kapatıp yeniden deneyin.',
    commandFailed: 'The command failed: {{said}}', // untranslated
    commandGone: 'This command no longer fits this computer. Check again.', // untranslated
    promptOpen: 'The system’s prompt is already open. Answer it first.', // untranslated
    comparingEnded: 'Ölçüm tamamlanmadan sonlandırıldı.',
    tariffUnreadable: '{{file}} okunamadı: {{reason}}. Başka bir dosya seçin.',
    tariffColumns:
      '{{line}}. satırda 07:00;0,25 gibi bir saat ve bir fiyat olmalı, ama “{{text}}” var. Dosyadan hiçbir şey alınmadı.',
    tariffHour:
      '{{line}}. satır: “{{text}}” 0 ile 23 arasında, 7 ya da 07:00 gibi bir tam saat değil. Dosyadan hiçbir şey alınmadı.',
    tariffPrice:
      '{{line}}. satır: “{{text}}” 0.25 ya da 0,25 gibi bir fiyat değil. Dosyadan hiçbir şey alınmadı.',
    tariffTwice:
      '{{line}}. satır, bir saate ikinci bir fiyat veriyor: {{hour}}. Yalnızca tek bir günün 24 saatini bırakın. Dosyadan hiçbir şey alınmadı.',
    tariffMissing:
      'Dosyada şu saatlerin fiyatı yok: {{hours}}. Bir günün 24 saati de bulunmalı. Dosyadan hiçbir şey alınmadı.',
    poolApiFailed: 'Bakiyeniz sorulamadı ({{host}}). {{why}}',
    poolApiStatus: 'Sunucu HTTP {{status}} durumuyla yanıt verdi. Daha sonra yeniden deneyin.',
    poolApiRedirects:
      'Sunucu uygulamayı başka bir sunucuya yönlendirdi; uygulama bunu izlemez. Havuzun web API’si taşınmış olabilir.',
    poolApiTooLong: 'Sunucunun yanıtı {{size}} bayttan uzun, bu yüzden okunmadı.',
    poolApiSilent: 'Sunucu yanıtını {{seconds}} s içinde tamamlamadı. Daha sonra yeniden deneyin.',
    poolApiBroken: 'Bağlantı koptu ({{reason}}). Daha sonra yeniden deneyin.',
    poolApiStrange:
      'Sunucunun yanıtı bu uygulamanın beklediği gibi değil. Havuzun web API’si değişmiş olabilir.',
    poolApiNoAddress: 'Havuz adresinizi henüz bilmiyor. Oradaki ilk payınızdan sonra bilecek.',
    releaseServer:
      'Güncelleme sunucusu {{host}} sorgulanamadı ({{reason}}). Daha sonra yeniden deneyin.',
    updateChanged:
      'İndirilen, imzalananla aynı değil; bu yüzden silindi. Yeniden deneyin; işe yaramazsa indirme sayfasına bakın.',
    updateNotHere: 'Henüz kurulacak bir şey yok. Önce yeni sürümü indirin.',
    updateAwaitsBlock: 'Bir blok düğümünüze doğru yolda. Ulaşınca kurun.',
    updateNotOpened: 'Sistem {{file}} dosyasını açamadı ({{said}}).',
  },
  why: {
    needsConsent: 'Kazmıyor: bu bilgisayarda kazmayı henüz kabul etmediniz.',
    notStartedYet: 'Henüz kazmıyor: Başlat’a bastığınızda başlar.',
    stoppedByUser: 'Siz durdurdunuz.',
    over: 'Durdu: bu çalışma bitti.',
    quitting:
      'Düğümünüz bulduğunuz bloğu alır almaz çıkılacak. Bloktan vazgeçmek için yeniden çıkın.',
    connecting: 'Havuza ya da düğüme bağlanıyor.',
    preparing: 'İlk hash hazırlanıyor.',
    building: {
      only: 'Dataset oluşturuluyor, {{progress, percent}}.',
      mining: 'Dataset oluşturuluyor, {{progress, percent}}. Bu arada hafif modda kazıyor.',
      practising:
        'Dataset oluşturuluyor, {{progress, percent}}. Bu arada hafif modda alıştırma yapıyor; kazandırmaz.',
    },
    mining: {
      fast: 'Hızlı modda kazıyor.',
      light: 'Hafif modda kazıyor.',
    },
    practising: {
      fast: 'Hızlı modda alıştırma yapıyor; kazandırmaz.',
      light: 'Hafif modda alıştırma yapıyor; kazandırmaz.',
    },
    paused: 'Duraklatıldı: {{reasons}}.',
    pausedFor: 'Duraklatıldı: {{reason}}, {{remainingMs, duration}} daha (bitiş: {{end}}).',
    held: {
      heat_one: 'Serin kalmak için {{count}} thread ile sınırlı.',
      heat_other: 'Serin kalmak için {{count}} thread ile sınırlı.',
      watts_one: 'Güç tasarrufu için {{count}} thread ile sınırlı.',
      watts_other: 'Güç tasarrufu için {{count}} thread ile sınırlı.',
    },
    notScheduledYet: 'Zamanlamanıza göre bekliyor. Başlangıç: {{end}}.',
    neverScheduled: 'Kazmıyor: zamanlamanızda hiç saat yok.',
    reasonUntil: '{{reason}} (bitiş: {{end}})',
    pausedBecause: {
      user: 'siz duraklattınız',
      snooze: 'bir süreliğine',
      battery: 'pille çalışıyor',
      inUse: 'bilgisayarı kullanıyorsunuz',
      schedule: 'zamanlanan saatlerin dışında',
      heat: 'CPU çok sıcak',
      fullScreen: 'tam ekran bir program çalışıyor',
      metered: 'internet bağlantısı tarifeli',
      listedProcess: 'listenizdeki bir program çalışıyor',
    },
    goesOn: {
      user: 'Sürdürmek için “Sürdür” düğmesine basın.',
      battery: 'Prize takılınca sürer.',
      inUse: 'Bilgisayarı kendi hâline bırakınca sürer.',
      heat: 'Soğuyunca sürer.',
      fullScreen: 'Tam ekrandan çıkınca sürer.',
      metered: 'Başka bir bağlantıda sürer.',
      listedProcess: 'Program kapanınca sürer.',
    },
    retrying: '{{retryInMs, duration}} sonra yeniden denenecek: {{problem}}',
  },
  log: {
    connected: 'Bağlandı: {{place}}.',
    connectedEncrypted: 'TLS ile bağlandı: {{place}}.',
    connectedByTls: 'TLS ile bağlandı: {{place}}. Sertifika SHA-256: {{fingerprint}}.',
    connectedPractice: 'Alıştırma havuzuna bağlandı; kazandırmaz.',
    loggedIn: 'Giriş yapıldı.',
    job: 'Yeni iş: {{algorithm}}, zorluk {{difficulty, integer}}.',
    jobAtHeight: 'Yeni iş: {{algorithm}}, zorluk {{difficulty, integer}}, yükseklik {{height}}.',
    jobRefused: 'İş reddedildi. {{problem}}',
    shareAccepted: 'Pay kabul edildi (zorluk {{difficulty, integer}}, {{ms}} ms).',
    shareRejected: 'Pay reddedildi. {{problem}}',
    shareStale: 'Pay eskimiş. {{problem}}',
    disconnected: '{{problem}} {{retryInMs, duration}} sonra yeniden denenecek.',
    givenUp: 'Vazgeçildi. {{problem}}',
    problem: '{{problem}}',
    notStartedAfterStop: 'Otomatik başlatılmadı: geçen sefer madenciliği siz durdurdunuz.',
    notStartedAfterCrash: 'Otomatik başlatılmadı: Ibctminer geçen sefer düzgün sonlanmadı.',
    stoppedByFault: 'Madencilik bir iç hata yüzünden durdu: {{reason}}',
    newVersion: '{{version}} sürümü hazır. Nasıl kurulacağı Ayarlar’da yazıyor.',
    fullPowerNotKept: 'Tam güç sürdürülmedi. Önceki ayara dönüldü.',
  },
  tray: {
    start: 'Başlat',
    stop: 'Durdur',
    power: 'Güç',
    profile: {
      quiet: 'Sessiz',
      balanced: 'Dengeli',
      full: 'Tam',
    },
    shares: 'Paylar: {{accepted}} kabul, {{rejected}} ret, {{stale}} eskimiş',
    open: 'Ibctminer’ı aç',
    settings: 'Ayarlar…',
    quitMining: 'Çık (madenciliği durdurur)',
  },
  notification: {
    hidden:
      'Ibctminer tepside çalışmayı sürdürüyor. Madenciliği durdurmak ya da çıkmak için menüsünü kullanın.',
    blockUnderWay:
      'Bir blok buldunuz. Düğümünüz onu alır almaz, iki dakika içinde Ibctminer’dan çıkılacak. Hemen çıkmak için yeniden çıkın.',
    goesOn: 'Yeniden kazıyor.',
    poolDown: '{{host}} 2 dakikadır iş vermiyor.',
    poolDownBecause: '{{host}} 2 dakikadır iş vermiyor: {{why}}',
    poolBack: '{{host}} geri geldi.',
    noShares: 'Beklenenin {{times}} katı süredir pay yok. Ayrıntı için Geçmiş’i açın.',
    rejects: 'Havuz paylarınızı reddediyor: {{part, percent}}.',
  },
  dialog: {
    quitStops: 'Çıkınca madencilik durur',
    quitStopsDetail: 'Ibctminer’ı açıp madenciliği yeniden başlatana kadar başka pay bulunmaz.',
    noSandbox: 'Ibctminer korumalı alanı olmadan çalışmaz',
    noSandboxDetail:
      '--no-sandbox ile başlatıldı; bu, penceredeki bir açığın dosyalarınıza ulaşmasına yol açabilir. O seçenek olmadan başlatın; sisteminiz korumalı alanı (sandbox) yasaklıyorsa, gerekli izni getiren Debian paketini kurun.',
    pictures: 'Resimler',
    tables: 'Tablolar (CSV)',
    pageFails: 'Pencere sürekli çöküyor',
    pageFailsDetail: 'Madencilik etkilenmedi. Yeniden deneyin ya da çıkıp madenciliği durdurun.',
  },
  terminal: {
    what: 'Terminalde, kendi CPU’nuzla Monero kazın.',
    options: '[seçenekler]',
    exit: 'Ctrl+C durdurur. Çıkış kodu: durdurunca 0, yanlış kullanımda 2, madenciliği bitiren bir hatada 1.',
    option: {
      pool: 'bu havuzda kaz; yedek eklemek için yinele',
      daemon: 'bir monerod ile solo kaz: http://127.0.0.1:18081[/?zmq=PORT]',
      practice: 'yerleşik alıştırma havuzunda kaz: gerçek iş, kazanç yok',
      wallet: 'Monero adresiniz; ADRES+DIFF ya da ADRES.RIG de olur',
      login: '--wallet yerine havuza tam yazıldığı gibi gönderilir',
      pass: 'havuzun parolası (varsayılan: x)',
      tls: 'TLS kullan; ilk sertifika gösterilir ve bu çalışma için sabitlenir',
      'tls-fingerprint': 'kabul edilecek tek sertifikanın SHA-256 değeri',
      'rig-id': 'bu bilgisayarın havuzda görünen adı',
      socks5: 'havuza bu proxy üzerinden ulaş',
      threads: 'hash thread sayısı',
      mode: 'fast 2,3 GiB, light 256 MiB bellek ister',
      algo: 'yalnızca bu algoritmanın işlerini kabul et',
      'api-port': '127.0.0.1 üzerinde salt okunur HTTP API, panolar için',
      'api-token': 'API okuyanların göndermesi gereken belirteç; en az 8 karakter',
      inspect: 'havuzdan gelen ve havuza giden her iletiyi adresiniz olmadan göster',
      tune: 'bu bilgisayarı yaklaşık bir dakika ölç ve en hızlı ayarları sakla; kazmaz',
      'no-learning': 'kazarken başka ayarları (thread’ler, yan yana hash’ler) deneme',
      config:
        'seçenekleri buradaki adlarla bir JSON dosyasından ya da XMRig’in config.json dosyasından oku',
      duration: 'bu kadar saniye sonra dur',
      json: 'her satıra bir JSON nesnesi yaz',
      help: 'bu yardımı göster',
      version: 'sürümü göster',
    },
    demonstration:
      'Gösteri: bu programın içindeki alıştırma havuzunda {{shares}} pay. Kazandırmaz. Ctrl+C bitirir.',
    status:
      '{{h10s}} 10 s · {{h60s}} 60 s · {{h15m}} 15 min · {{accepted}} kabul, {{rejected}} ret, {{stale}} eskimiş',
    dataset: 'dataset {{progress, percent}}',
    practicePool: 'alıştırma havuzu',
    api: 'Panolar için HTTP API: {{url}}/2/summary ve {{url}}/metrics',
    ended:
      '{{ms, duration}} sonra bitti: {{accepted}} kabul, {{rejected}} ret, {{stale}} eskimiş, {{hashes, integer}} hash.',
    tuneBegins: 'Bu bilgisayar yaklaşık bir dakika ölçülecek. Kimseye hiçbir şey gönderilmez.',
    tunePoint: '{{threads}}, {{sideBySide}}: {{rate, hashrate}}',
    tuneKept: '{{algorithm}} için {{mode}} modunda saklandı: {{best}}',
    forReal:
      'Gerçekten kazmak için, sizin olan ya da bunun için kullanmanıza izin verilen bir bilgisayarda:',
    forRealAlone: 'Ya da kendi monerod’unuzla solo:',
    allOptions: 'Bütün seçenekler:',
  },
};
